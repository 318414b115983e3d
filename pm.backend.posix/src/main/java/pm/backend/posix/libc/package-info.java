/** The functions of libc that the Unix backends have in common, through JNA. Nothing here decides anything. */
@Export
@Version(PmApi.VERSION)
package pm.backend.posix.libc;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
import pm.api.PmApi;
