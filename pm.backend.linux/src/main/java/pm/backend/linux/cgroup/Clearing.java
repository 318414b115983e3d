package pm.backend.linux.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import pm.backend.linux.proc.TreeNodes;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;
import pm.spi.Uninterrupted;

/**
 * Kills what lives in a group.
 *
 * @param folder its folder
 * @param watcher tells when it is empty
 * @param oneByOne kills what cgroup.kill does not reach, or everything where the kernel has no cgroup.kill
 */
record Clearing(CgroupFolder folder, ExitWatcher watcher, FreezeKill oneByOne) {
    Clearing(CgroupFolder folder, ExitWatcher watcher) {
        this(folder, watcher, new FreezeKill(folder, watcher));
    }

    /** Begins to kill everything inside. */
    void begin() throws IOException {
        if (folder.hasKill()) {
            folder.kill();
            oneByOne.startUnlessSoonEmpty();
        } else {
            oneByOne.start();
        }
    }

    /** Kills nothing any more, until it begins again. To be called before the group is removed: see {@link FreezeKill#stop()}. */
    void stop() throws IOException {
        oneByOne.stop();
    }

    /**
     * Kills everything inside and waits until nothing lives there. Nothing is killed any more when it returns.
     *
     * @throws BackendException naming what still lives when the time is up
     */
    void finish(Duration patience) throws BackendException {
        CompletableFuture<Void> empty = Emptiness.of(folder, watcher);
        try {
            try {
                begin();
                Uninterrupted.get(empty, patience);
            } finally {
                stop();
            }
        } catch (TimeoutException e) {
            throw new BackendException(
                    "Could not empty " + folder + " within " + patience + ": still inside are " + survivors(), e);
        } catch (IOException | ExecutionException e) {
            throw new BackendException("Could not empty " + folder + ": " + e.getMessage(), e);
        } finally {
            empty.cancel(false);
        }
    }

    private String survivors() {
        try {
            return TreeNodes.withoutArguments(folder.pids()).toString();
        } catch (IOException e) {
            return "processes that cannot be listed: " + e.getMessage();
        }
    }
}
