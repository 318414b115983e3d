/** What only macOS has: kqueue, libproc and sysctl through JNA. Nothing here decides anything. */
package pm.backend.macos.darwin;
