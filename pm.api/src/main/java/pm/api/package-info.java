/**
 * What callers of pm use. {@link pm.api.ProcessManagers} is the entry; {@link pm.api.ProcessManager} starts processes from a
 * {@link pm.api.ProcessSpec}, and every {@link pm.api.ManagedProcess} ends with a {@link pm.api.ProcessResult} that says how it ended
 * and whether its whole tree is proven gone.
 *
 * <p>Values are immutable and safe for use by any thread. Where a method does not say otherwise, a {@code null} argument gives a
 * {@link NullPointerException}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version(PmApi.VERSION)
package pm.api;
