/** Processes the POSIX way: environment, search path, spawning, wait status. */
@Export
@Version(PmApi.VERSION)
package pm.backend.posix.process;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
import pm.api.PmApi;
