package pm.backend.windows.stop;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.TopWindows;
import pm.backend.windows.kernel.WindowsException;

/** Asks the windows of a tree to close. */
public final class WindowCloser {
    private WindowCloser() {}

    /**
     * Asks those of processes that are in a job.
     *
     * @return how many windows were asked
     */
    public static int close(Job job, List<Integer> pids) {
        return TopWindows.close(new HashSet<>(pids), pid -> isIn(job, pid));
    }

    private static boolean isIn(Job job, int pid) {
        Optional<HeldProcess> process = HeldProcess.look(pid);
        if (process.isEmpty()) {
            return false;
        }
        try (HeldProcess held = process.get()) {
            return held.isIn(job);
        } catch (WindowsException refused) {
            return false;
        }
    }
}
