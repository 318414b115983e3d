/** Processes and pipes at work: their exits, their output, and containment by the launcher where there is no cgroup. */
package pm.backend.linux.process;
