/** The launcher seen from the JVM: its binary, its requests and its messages. */
package pm.backend.linux.launcher;
