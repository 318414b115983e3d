package pm.backend.linux.cgroup;

import java.time.Duration;
import pm.backend.linux.controller.Keyed;
import pm.backend.linux.controller.MemoryV1;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Wakeup;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.Watch;

/**
 * Calls back, on the exit watcher's thread, when the kernel has killed for want of memory in a group of version 1. It tells by an eventfd that it
 * is about to (cgroup-v1/memory.rst, OOM Control), so the count is looked at until it has changed.
 */
final class OomEvents implements Watch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
    private static final int MOST_LOOKS = 1000;

    private final CgroupFolder group;
    private final ExitWatcher watcher;
    private final Runnable killed;
    private final Wakeup wakeup;
    private final Watch watch;
    private long seen;
    private boolean looking;
    private boolean closed;

    private OomEvents(CgroupFolder group, ExitWatcher watcher, Runnable killed, Wakeup wakeup) throws KernelException {
        this.group = group;
        this.watcher = watcher;
        this.killed = killed;
        this.wakeup = wakeup;
        this.watch = watcher.onReadable(wakeup.descriptor(), this::happened);
    }

    static OomEvents of(CgroupFolder group, ExitWatcher watcher, Runnable killed) throws KernelException {
        Wakeup wakeup = new Wakeup();
        try {
            int control = Kernel.open(group.path().resolve(MemoryV1.OOM_CONTROL), Kernel.O_RDONLY);
            try {
                group.set("cgroup.event_control", wakeup.descriptor() + " " + control);
            } finally {
                Kernel.close(control);
            }
            return new OomEvents(group, watcher, killed, wakeup);
        } catch (KernelException e) {
            wakeup.close();
            throw e;
        }
    }

    private void happened() {
        if (!closed) {
            wakeup.clear();
            if (!looking) {
                looking = true;
                look(MOST_LOOKS);
            }
        }
    }

    private void look(int left) {
        long count = Keyed.value(group.text(MemoryV1.OOM_CONTROL), "oom_kill").orElse(0);
        boolean more = count > seen;
        if (more || closed || left == 0 || !group.exists()) {
            looking = false;
            seen = count;
            if (more) {
                killed.run();
            }
        } else {
            watcher.after(BETWEEN_LOOKS, () -> look(left - 1));
        }
    }

    private void release() {
        if (!closed) {
            closed = true;
            watch.close();
            wakeup.close();
        }
    }

    @Override
    public void close() {
        watcher.execute(this::release);
    }
}
