/** Shows a manager through JMX. */
package pm.core.jmx;
