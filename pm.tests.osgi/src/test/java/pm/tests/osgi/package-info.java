/** pm in a real OSGi framework: each test runs on Felix and on Equinox, with real processes of the Linux backend. */
package pm.tests.osgi;
