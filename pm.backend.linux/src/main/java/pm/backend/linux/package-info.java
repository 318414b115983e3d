/** Containment on Linux. */
@Requirement(
        namespace = "osgi.native",
        filter = "(&(osgi.native.osname~=linux)(|(osgi.native.processor~=x86-64)(osgi.native.processor~=aarch64)))")
package pm.backend.linux;

import org.osgi.annotation.bundle.Requirement;
