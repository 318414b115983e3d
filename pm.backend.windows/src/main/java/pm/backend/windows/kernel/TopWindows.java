package pm.backend.windows.kernel;

import java.util.Set;
import java.util.function.IntPredicate;

/** The windows on the desktop. */
public final class TopWindows {
    /** winuser.h. */
    private static final int WM_CLOSE = 0x10;

    private static final int GW_OWNER = 4;
    /** The list changes while it is walked; more than this is going in circles. */
    private static final int MOST = 10_000;

    private TopWindows() {}

    /**
     * Asks the main windows of these processes to close: those that are visible and belong to no other window.
     *
     * @param ours whether a pid is still that of the process that is meant; asked right before
     * @return how many were asked
     */
    public static int close(Set<Integer> pids, IntPredicate ours) {
        // Not before it is needed: services may have no desktop.
        User32.BINDING.bind();
        int asked = 0;
        long window = User32.FindWindowExW(0, 0, 0, 0);
        for (int seen = 0; window != 0 && seen < MOST; seen++) {
            int[] pid = new int[1];
            User32.GetWindowThreadProcessId(window, pid);
            if (pids.contains(pid[0]) && isMain(window) && ours.test(pid[0])) {
                asked += User32.PostMessageW(window, WM_CLOSE, 0, 0) != 0 ? 1 : 0;
            }
            window = User32.FindWindowExW(0, window, 0, 0);
        }
        return asked;
    }

    private static boolean isMain(long window) {
        return User32.IsWindowVisible(window) != 0 && User32.GetWindow(window, GW_OWNER) == 0;
    }
}
