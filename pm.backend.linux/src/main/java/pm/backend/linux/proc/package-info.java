/** What {@code /proc} tells about processes: plain Java over text, no native calls. */
package pm.backend.linux.proc;
