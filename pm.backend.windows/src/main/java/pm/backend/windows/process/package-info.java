/** Processes and pipes at work: threads that hear of them, standard streams, and the start of a command. */
package pm.backend.windows.process;
