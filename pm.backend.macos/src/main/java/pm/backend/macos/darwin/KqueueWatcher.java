package pm.backend.macos.darwin;

import java.util.concurrent.atomic.AtomicBoolean;
import pm.backend.macos.process.ProcessWatcher;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.posix.events.EventLoop;
import pm.backend.posix.events.Watch;
import pm.backend.posix.libc.LibcException;

/** Watches processes in the kqueue of a loop. */
final class KqueueWatcher implements ProcessWatcher {
    private final Kqueue queue;
    private final EventLoop loop;

    KqueueWatcher(Kqueue queue, EventLoop loop) {
        this.queue = queue;
        this.loop = loop;
    }

    @Override
    public Watch watch(ProcessRecord process, Listener listener) throws LibcException {
        long[] key = new long[1];
        AtomicBoolean exited = new AtomicBoolean();
        key[0] = loop.add(() -> tell(queue.takeNotes(key[0]), listener, exited), made -> {
            key[0] = made;
            queue.addProcess(process.pid(), made);
        });
        return () -> {
            loop.forget(key[0]);
            if (exited.get()) {
                // The kernel has removed it, and the pid may be another's.
                return;
            }
            try {
                queue.removeProcess(process.pid());
            } catch (LibcException closedMeanwhile) {
                // Then there is nothing to remove.
            }
        };
    }

    private static void tell(int notes, Listener listener, AtomicBoolean exited) {
        if ((notes & KernelEvent.NOTE_FORK) != 0) {
            listener.forked();
        }
        if ((notes & KernelEvent.NOTE_EXIT) != 0) {
            exited.set(true);
            listener.exited();
        }
    }
}
