/** What containers install: it names what is there, in one version. */
package pm.tests.distribution;
