/** Posts what happens to processes through OSGi's Event Admin. */
package pm.osgi.events;
