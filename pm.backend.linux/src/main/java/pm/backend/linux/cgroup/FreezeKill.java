package pm.backend.linux.cgroup;

import java.io.IOException;
import java.time.Duration;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.process.ExitWatcher;

/**
 * Kills the members of a group one by one: all of them where the kernel has no cgroup.kill, else those that outlive it. Linux 6.18 sends the
 * signal of cgroup.kill to the first thread of each process: one whose first thread has ended lives on when another thread lives. What is frozen
 * cannot fork, so passes of SIGKILL come to an end. A child that was being forked while its parent was stopped is born frozen and found by the
 * next pass. Passes run on the exit watcher's thread.
 */
final class FreezeKill {
    /** Time for what cgroup.kill has reached: most trees are gone by then, and nothing is listed. */
    private static final Duration AFTER_GROUP_KILL = Duration.ofMillis(50);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    // About five seconds; after that only processes are left that the kernel itself does not let go, and whoever
    // escalates kills again.
    private static final int MOST_PASSES = 30;

    private final CgroupFolder folder;
    private final ExitWatcher watcher;
    private boolean running;

    FreezeKill(CgroupFolder folder, ExitWatcher watcher) {
        this.folder = folder;
        this.watcher = watcher;
    }

    /** Begins, unless it is under way. */
    synchronized void start() throws IOException {
        if (!running) {
            running = true;
            folder.freeze();
            watcher.execute(() -> pass(MOST_PASSES, SHORTEST_PAUSE));
        }
    }

    /** Begins a moment after cgroup.kill when the group is not empty by then, unless it is under way. */
    synchronized void startUnlessSoonEmpty() {
        if (!running) {
            running = true;
            watcher.after(AFTER_GROUP_KILL, () -> pass(MOST_PASSES, AFTER_GROUP_KILL));
        }
    }

    /**
     * Ends the passes. To be called while the group is still ours, before it is removed or its lock is released: another manager may make a group of
     * the same path then, and a pass that comes later would kill what lives in that one.
     */
    synchronized void stop() throws IOException {
        if (running) {
            running = false;
            folder.thaw();
        }
    }

    private synchronized void pass(int left, Duration pause) {
        if (!running) {
            return;
        }
        try {
            if (left > 0 && folder.events().populated()) {
                folder.freeze();
                new MemberSignals(folder).send(pid -> true, Signals.SIGKILL);
                watcher.after(pause, () -> pass(left - 1, longer(pause)));
                return;
            }
            running = false;
            folder.thaw();
        } catch (IOException e) {
            running = false;
            throw new IllegalStateException("Could not kill what is in " + folder + ": " + e, e);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
