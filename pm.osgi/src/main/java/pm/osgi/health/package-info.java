/** The managers' health as an Apache Felix Health Check. */
package pm.osgi.health;
