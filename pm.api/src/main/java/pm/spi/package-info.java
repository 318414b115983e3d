/**
 * What backends and the core implement. A {@link pm.spi.BackendProvider} is found as a service; it opens one
 * {@link pm.spi.BackendSession} per manager; the session makes a {@link pm.spi.Containment} per process tree, in which one
 * {@link pm.spi.NativeProcess} is started.
 *
 * <p>Nothing here blocks longer than a system call unless its documentation says so, and callbacks come on the backend's own threads:
 * they must return at once.
 *
 * <p>Everything here works on an interrupted thread, and keeps the interrupt: {@link pm.spi.Uninterrupted} helps.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version(PmApi.VERSION)
package pm.spi;

import pm.api.PmApi;
