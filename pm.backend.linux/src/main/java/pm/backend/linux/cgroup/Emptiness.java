package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.backend.linux.kernel.BriefDescriptors;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.Watch;

/** Waits, without a thread, until nothing lives in a group. */
final class Emptiness {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final int descriptor;
    private final ExitWatcher watcher;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private Watch watch = () -> {};

    private Emptiness(int descriptor, ExitWatcher watcher) {
        this.descriptor = descriptor;
        this.watcher = watcher;
    }

    /**
     * Begins to wait.
     *
     * @return completes on the watcher's thread; exceptionally when that cannot be known; completing or cancelling it ends the wait
     */
    static CompletableFuture<Void> of(CgroupFolder folder, ExitWatcher watcher) {
        int descriptor;
        try {
            descriptor = folder.open("cgroup.events", Kernel.O_RDONLY);
        } catch (KernelException e) {
            CompletableFuture<Void> known = new CompletableFuture<>();
            // A group that is gone was empty.
            watcher.execute(() -> {
                if (e.errno() == Errno.ENOENT) {
                    known.complete(null);
                } else if (BriefDescriptors.isShortage(e)) {
                    lookAgain(folder, watcher, known);
                } else {
                    known.completeExceptionally(e);
                }
            });
            return known;
        }
        Emptiness wait = new Emptiness(descriptor, watcher);
        // The descriptor is used and closed on one thread only, so never closed while it is read.
        CompletionStage<Void> end = wait.empty;
        end.whenComplete((nothing, failure) -> watcher.execute(wait::release));
        watcher.execute(wait::register);
        return wait.empty;
    }

    /** For want of a descriptor that could be watched: looks now and then, with one that is kept for such moments. */
    private static void lookAgain(CgroupFolder folder, ExitWatcher watcher, CompletableFuture<Void> empty) {
        if (empty.isDone()) {
            return;
        }
        try {
            if (!folder.events().populated()) {
                empty.complete(null);
                return;
            }
        } catch (IOException notNow) {
            // The next look may have a descriptor.
        }
        watcher.after(BETWEEN_LOOKS, () -> lookAgain(folder, watcher, empty));
    }

    private void register() {
        try {
            watch = watcher.onPriority(descriptor, this::look);
            look();
        } catch (KernelException e) {
            empty.completeExceptionally(e);
        }
    }

    /** Reading tells the kernel what we know; from then on a change of the file wakes us. */
    private void look() {
        try {
            byte[] bytes = new byte[256];
            int length = Kernel.readAt(descriptor, bytes, 0);
            if (!CgroupEvents.parse(new String(bytes, 0, length, StandardCharsets.US_ASCII))
                    .populated()) {
                empty.complete(null);
            }
        } catch (KernelException e) {
            if (e.errno() == Errno.ENODEV) {
                empty.complete(null);
            } else {
                empty.completeExceptionally(e);
            }
        }
    }

    private void release() {
        watch.close();
        Kernel.close(descriptor);
    }
}
