/** POSIX processes, pipes, signals and sessions. */
package pm.backend.posix;
