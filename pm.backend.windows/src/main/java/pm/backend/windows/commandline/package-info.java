/** What a new process is told, as text: command line, environment, and which file is meant. Plain Java, no native call. */
package pm.backend.windows.commandline;
