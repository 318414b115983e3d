/** Linux as a stand-in for macOS: the strategy meets real processes. In tests only. */
package pm.backend.macos.linux;
