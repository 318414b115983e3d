/** What is in the jars: each is a bundle, a module and a plain jar. */
package pm.tests.packaging;
