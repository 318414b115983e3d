/** Code in the guides compiles, and does what the guide says. */
package pm.tests.guides;
