package pm.backend.linux.cgroup;

import java.nio.file.Path;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.Watch;

/** Calls back, on the exit watcher's thread, when the kernel marks a file of a group as changed. */
final class FileEvents implements Watch {
    private final int descriptor;
    private final ExitWatcher watcher;
    private final Runnable changed;
    private final Watch watch;
    private boolean closed;

    private FileEvents(int descriptor, ExitWatcher watcher, Runnable changed) throws KernelException {
        this.descriptor = descriptor;
        this.watcher = watcher;
        this.changed = changed;
        this.watch = watcher.onPriority(descriptor, this::happened);
    }

    static FileEvents of(Path file, ExitWatcher watcher, Runnable changed) throws KernelException {
        int descriptor = Kernel.open(file, Kernel.O_RDONLY);
        try {
            return new FileEvents(descriptor, watcher, changed);
        } catch (KernelException e) {
            Kernel.close(descriptor);
            throw e;
        }
    }

    private void happened() {
        if (closed) {
            return;
        }
        try {
            // Reading tells the kernel what we know; from then on the next change wakes us.
            Kernel.readAt(descriptor, new byte[1], 0);
        } catch (KernelException gone) {
            // ENODEV: the group was removed, and the descriptor is marked for ever.
            release();
            return;
        }
        changed.run();
    }

    /** On the thread that uses the descriptor. */
    private void release() {
        if (!closed) {
            closed = true;
            watch.close();
            Kernel.close(descriptor);
        }
    }

    @Override
    public void close() {
        watcher.execute(this::release);
    }
}
