/** pm in a real Apache Karaf. */
package pm.tests.karaf;
