/** Containment on Windows: a Job Object for each tree. */
@Requirement(
        namespace = "osgi.native",
        filter = "(&(osgi.native.osname~=win32)(|(osgi.native.processor~=x86-64)(osgi.native.processor~=aarch64)))")
package pm.backend.windows;

import org.osgi.annotation.bundle.Requirement;
