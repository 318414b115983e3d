/** Containment on macOS. */
@Requirement(
        namespace = "osgi.native",
        filter = "(&(osgi.native.osname~=macosx)(|(osgi.native.processor~=x86-64)(osgi.native.processor~=aarch64)))")
package pm.backend.macos;

import org.osgi.annotation.bundle.Requirement;
