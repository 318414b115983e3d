/** The guard of a manager: a shell that kills the manager's process groups when this JVM is gone. */
package pm.backend.macos.guard;
