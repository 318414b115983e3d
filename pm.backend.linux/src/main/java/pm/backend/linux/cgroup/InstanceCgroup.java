package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;

/**
 * The folder {@code pm.<instance>} of one manager: below it {@code run/} with a group for each tree, and {@code guard/} for the guard. Its lock
 * tells others that it is in use. Safe for use by any thread.
 */
public final class InstanceCgroup {
    static final String PREFIX = "pm.";
    static final String RUN = "run";
    private static final String GUARD = "guard";

    private final CgroupBase base;
    private final LockedFolder locked;
    private final CgroupFolder folder;
    private final CgroupFolder run;
    private final CgroupFolder guard;
    private final V1Folders v1;
    private final Seats seats;
    private final Set<Path> inUse = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private InstanceCgroup(CgroupBase base, LockedFolder locked) throws IOException, BackendException {
        this.base = base;
        this.locked = locked;
        this.folder = new CgroupFolder(locked.path());
        String type = folder.read("cgroup.type").strip();
        if (!type.equals("domain")) {
            throw new BackendException("groups made there are of type '" + type + "', which cannot hold processes");
        }
        this.run = CgroupFolder.create(locked.path().resolve(RUN));
        this.guard = CgroupFolder.create(locked.path().resolve(GUARD));
        HandingOn unified = HandingOn.along(List.of(new CgroupFolder(base.folder()), folder, run));
        this.v1 = V1Folders.make(
                Seats.inVersion1(unified.refusals().keySet()),
                locked.path().getFileName().toString(),
                EnclosingTree.around(base.own()));
        this.seats = new Seats(run, unified, v1);
    }

    /**
     * Makes it.
     *
     * @throws BackendException with the reason, when it cannot be made there
     */
    public static InstanceCgroup create(CgroupBase base, String instanceId) throws BackendException {
        Path path = base.folder().resolve(PREFIX + instanceId);
        try {
            LockedFolder locked = LockedFolder.make(path);
            try {
                return new InstanceCgroup(base, locked);
            } catch (IOException | BackendException e) {
                locked.abandon(e);
                throw e;
            }
        } catch (IOException | KernelException | BackendException e) {
            throw new BackendException("Could not make the control group " + path + ": " + e.getMessage(), e);
        }
    }

    /** Where it is and why there. */
    public CgroupBase base() {
        return base;
    }

    /** Its folder. */
    public Path path() {
        return locked.path();
    }

    /** An open descriptor of the folder, which holds the lock. */
    public int descriptor() {
        return locked.descriptor();
    }

    /** Open descriptors of its folders in hierarchies of version 1, which hold the locks of these. */
    public List<Integer> furtherDescriptors() {
        return v1.descriptors();
    }

    /** Groups in hierarchies of version 1 below which managers make folders. */
    Set<Path> furtherBases() {
        return v1.bases();
    }

    /** What controllers do with limits. */
    public Map<LimitKind, Support> supports() {
        return seats.supports();
    }

    /** Which controllers are in use, for a person. */
    public List<String> facts() {
        return seats.facts();
    }

    /** Whether the kernel kills whole groups. */
    public boolean hasKill() {
        return run.hasKill();
    }

    /**
     * Makes the groups of a tree.
     *
     * @param kinds what will be limited
     */
    TreeGroups makeTree(String processId, Set<LimitKind> kinds) throws IOException {
        Path path = run.path().resolve(processId);
        inUse.add(path);
        try {
            CgroupFolder main = CgroupFolder.create(path);
            try {
                return seats.groups(main, kinds);
            } catch (IOException e) {
                main.removeIfEmpty();
                throw e;
            }
        } catch (IOException e) {
            inUse.remove(path);
            throw e;
        }
    }

    /** The groups of a tree are of no more use; if they are still there, {@link #removeUnused()} tries it again. */
    void release(TreeGroups tree) {
        inUse.remove(tree.main().path());
    }

    /**
     * Removes groups of trees that are of no more use, as far as they are empty.
     *
     * @return those that are not: something lives there that is no tree's
     */
    List<CgroupFolder> removeUnused() throws BackendException {
        List<CgroupFolder> populated = new ArrayList<>();
        try {
            for (CgroupFolder tree : run.below()) {
                if (isUsed(tree)) {
                    continue;
                }
                if (tree.events().populated()) {
                    populated.add(tree);
                } else {
                    tree.remove();
                }
            }
            for (CgroupFolder further : v1.all()) {
                for (CgroupFolder tree : further.below()) {
                    // One that holds processes cannot be removed.
                    if (!isUsed(tree)) {
                        tree.removeIfUnused();
                    }
                }
            }
            return populated;
        } catch (IOException e) {
            throw new BackendException("Could not remove empty control groups in " + run + ": " + e, e);
        }
    }

    private boolean isUsed(CgroupFolder tree) {
        return inUse.contains(run.path().resolve(tree.path().getFileName()));
    }

    /**
     * Returns the name of the tree in whose group, or in one below it, a process is, or was when it ended: a zombie keeps that, also when the group has
     * been removed (cgroup-v2.rst, Processes).
     */
    public Optional<String> treeOf(long pid) {
        String folders = "/" + locked.path().getFileName() + "/" + RUN + "/";
        return ProcFiles.controlGroups(pid).stream()
                .filter(line -> line.startsWith(OwnGroup.UNIFIED) && line.contains(folders))
                .map(line -> line.substring(line.indexOf(folders) + folders.length()))
                .map(below -> below.split("[/ ]", 2)[0])
                .findFirst();
    }

    /** Whether its folders are as they should be. */
    public boolean isIntact() {
        return run.exists() && folder.exists();
    }

    /**
     * Kills whatever is left in the trees' groups, and waits until it is gone.
     *
     * @throws BackendException naming what still lives when the time is up
     */
    public void killTrees(ExitWatcher watcher, Duration patience) throws BackendException {
        new Clearing(run, watcher).finish(patience);
    }

    /**
     * Removes it, and lets go of the lock. Idempotent.
     *
     * @throws BackendException when something lives in it; it can be tried again
     */
    public synchronized void close() throws BackendException {
        if (closed) {
            return;
        }
        try {
            // By their names: to find them in the folder is to look at each of its files.
            run.remove();
            guard.remove();
            folder.remove();
            v1.close();
        } catch (IOException e) {
            throw new BackendException(
                    "Could not remove the control group " + folder + ": " + e.getMessage() + ", end what lives in it",
                    e);
        }
        closed = true;
        locked.release();
    }
}
