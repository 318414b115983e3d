/** Shows a manager through JMX. Exported for the MBean server and for proxies; not meant to be implemented. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version(PmApi.VERSION)
package pm.core.jmx;

import pm.api.PmApi;
