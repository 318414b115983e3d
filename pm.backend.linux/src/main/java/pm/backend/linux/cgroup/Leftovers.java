package pm.backend.linux.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import pm.api.ProcessTree;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.proc.TreeNodes;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;
import pm.spi.SessionObserver;

/**
 * Removes the folders of managers whose JVM and guard are both gone: those whose lock can be taken. A living manager's folder is never touched,
 * and pids, which mean nothing in another PID namespace, play no part.
 */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final InstanceCgroup cgroup;
    private final ExitWatcher watcher;
    private final SessionObserver observer;

    /** Beside a manager's own folders; what was done is told to an observer. */
    public Leftovers(InstanceCgroup cgroup, ExitWatcher watcher, SessionObserver observer) {
        this.cgroup = cgroup;
        this.watcher = watcher;
        this.observer = observer;
    }

    /** Looks for them and removes them; for each it waits until the killed processes are gone, at most five seconds. */
    public void remove() {
        try {
            for (CgroupFolder folder : new CgroupFolder(cgroup.base().folder()).below()) {
                if (folder.path().getFileName().toString().startsWith(InstanceCgroup.PREFIX)) {
                    removeIfLeft(folder);
                }
            }
        } catch (IOException e) {
            observer.warned("Could not look for leftovers in " + cgroup.base().folder() + ": " + e);
        }
        V1Leftovers.remove(cgroup.furtherBases());
    }

    /** The same with groups of our own manager that no tree uses: what lives there is nobody's. */
    public void removeUnused() {
        try {
            for (CgroupFolder group : cgroup.removeUnused()) {
                clean(group, "in which no tree of ours is");
            }
        } catch (BackendException e) {
            observer.warned(e.getMessage());
        }
    }

    private void removeIfLeft(CgroupFolder folder) {
        try {
            Optional<LockedFolder> locked = LockedFolder.take(folder.path());
            if (locked.isPresent()) {
                try {
                    clean(folder, "left by a dead manager");
                } finally {
                    locked.get().release();
                }
            }
        } catch (KernelException e) {
            // EACCES: another user's.
            if (e.errno() != Errno.EACCES) {
                observer.warned("Could not see whether " + folder + " was left by a dead manager: " + e.getMessage());
            }
        }
    }

    private void clean(CgroupFolder folder, String which) {
        try {
            List<ProcessTree.Node> orphans = TreeNodes.withoutArguments(folder.pids());
            new Clearing(folder, watcher).finish(PATIENCE);
            folder.remove();
            observer.leftoversRemoved(folder.toString(), orphans);
        } catch (IOException | BackendException e) {
            observer.warned(
                    "Could not remove " + folder + ", " + which + ": " + e.getMessage() + ", it is tried again later");
        }
    }
}
