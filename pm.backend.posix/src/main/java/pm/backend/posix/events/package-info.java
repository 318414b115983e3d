/** One thread for many descriptors, and pipes that never block, over whatever the system has to wait for them. */
@Export
@Version(PmApi.VERSION)
package pm.backend.posix.events;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
import pm.api.PmApi;
