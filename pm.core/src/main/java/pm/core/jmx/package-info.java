/** Shows a manager through JMX. Exported for the MBean server and for proxies; not meant to be implemented. */
package pm.core.jmx;
