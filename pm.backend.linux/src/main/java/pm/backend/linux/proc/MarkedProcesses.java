package pm.backend.linux.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds processes by variables that they inherited: a second net only, since programs may clear their environment or hide it, and since
 * nothing stops a stranger from setting the same.
 */
public final class MarkedProcesses {
    private MarkedProcesses() {}

    /**
     * Living processes of our own user that started no earlier than some moment and have all the variables.
     *
     * @param variables each {@code NAME=value}
     * @param earliestStart in clock ticks since boot
     */
    public static List<ProcessStat> find(Set<String> variables, long earliestStart) {
        return ProcFiles.pids().stream()
                .map(ProcFiles::stat)
                .flatMap(Optional::stream)
                .filter(stat -> stat.isAlive() && stat.startTicks() >= earliestStart)
                .filter(stat -> isOurUsers(stat.pid()))
                .filter(stat -> ProcFiles.environment(stat.pid(), variables).size() == variables.size())
                .toList();
    }

    private static boolean isOurUsers(long pid) {
        try {
            return owner(Path.of("/proc/" + pid)) == owner(Path.of("/proc/self"));
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }

    private static int owner(Path process) throws IOException {
        return (Integer) Files.getAttribute(process, "unix:uid");
    }
}
