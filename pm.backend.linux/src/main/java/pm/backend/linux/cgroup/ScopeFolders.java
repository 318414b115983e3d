package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A scope that systemd has delegated to us, and two groups in it. The launcher stays beside its tree, so that it outlives it: also when the
 * kernel kills the tree for want of memory, or we do.
 *
 * @param scope made by systemd, which keeps its limits and removes it when nothing lives in it
 * @param launcher where the launcher is while the command runs
 * @param tree where the command is born
 */
record ScopeFolders(CgroupFolder scope, CgroupFolder launcher, CgroupFolder tree) {
    static final String TREE = "tree";
    private static final String PROCS = "cgroup.procs";
    private static final String MEMORY = "memory";

    /**
     * Makes the groups, and puts the launcher where the command shall be born.
     *
     * @param scope which holds the launcher only
     */
    static ScopeFolders make(Path scope, long launcher) throws IOException {
        ScopeFolders folders = new ScopeFolders(
                new CgroupFolder(scope),
                CgroupFolder.create(scope.resolve("launcher")),
                CgroupFolder.create(scope.resolve(TREE)));
        folders.tree.write(PROCS, Long.toString(launcher));
        // Not before: a group with processes cannot hand controllers on (cgroup-v2.rst, No Internal Process
        // Constraint).
        folders.killTogether();
        return folders;
    }

    /**
     * A tree that is out of memory is killed as one, without its launcher. No other controller is handed on: what is counted and limited is
     * the scope.
     */
    private void killTogether() throws IOException {
        if (Controllers.parse(scope.read("cgroup.controllers")).has(MEMORY)) {
            scope.write("cgroup.subtree_control", "+" + MEMORY);
            if (Files.exists(tree.path().resolve("memory.oom.group"))) {
                tree.write("memory.oom.group", "1");
            }
        }
    }

    /** The command has been born. */
    void leave(long launcher) throws IOException {
        this.launcher.write(PROCS, Long.toString(launcher));
    }

    /** The tree's group, counted and limited as the scope. Controllers that systemd puts to work later can be added. */
    TreeGroups groups() {
        TreeGroups now = Seats.unified(tree, scope);
        return new TreeGroups(now.main(), now.counted(), now.further(), new ConcurrentHashMap<>(now.work()));
    }

    /** Adds controllers that have come since: systemd hands a controller on when the first limit asks for it. */
    void refresh(TreeGroups groups) {
        Seats.unified(tree, scope).work().forEach((controller, folder) -> {
            boolean known = groups.work().keySet().stream()
                    .anyMatch(present -> present.name().equals(controller.name()));
            if (!known) {
                groups.work().put(controller, folder);
            }
        });
    }
}
