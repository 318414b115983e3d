/** What pm does in an OSGi container only. Nothing outside of this package knows OSGi's classes, so that pm runs without them elsewhere. */
package pm.core.osgi;
