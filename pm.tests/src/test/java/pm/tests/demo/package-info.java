/** The demo: a container with pm, started by one command. */
package pm.tests.demo;
