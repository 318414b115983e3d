package pm.backend.linux.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pm.api.Setting;
import pm.spi.BackendException;

/**
 * The group below which a manager makes its own: never one that somebody else manages.
 *
 * @param folder its folder
 * @param own the folder of the JVM's own group, where a guard goes back to
 * @param reason why it may be used, for a person
 * @param refused what would have been better, and why it is not used
 */
public record CgroupBase(Path folder, Path own, String reason, List<String> refused) {
    /** Returns the group of the tree of another manager that this JVM is a member of; empty when there is none, or it does not show. */
    public static Optional<Path> enclosingTree() {
        try {
            return EnclosingTree.innermost(OwnGroup.find()).map(EnclosingTree::group);
        } catch (BackendException notShown) {
            return Optional.empty();
        }
    }

    /**
     * Looks for one.
     *
     * @param wanted the value of {@link Setting#CGROUP_ROOT}
     * @throws BackendException with the reason, when there is none
     */
    public static CgroupBase find(Optional<Path> wanted) throws BackendException {
        try {
            Path own = OwnGroup.find();
            Optional<EnclosingTree> around = EnclosingTree.innermost(own);
            if (wanted.isPresent()) {
                return wanted(wanted.get(), own, around);
            }
            return around.isPresent() ? inTree(own) : own(own);
        } catch (BackendException refused) {
            String what = wanted.map(root -> "use " + Setting.CGROUP_ROOT.variable() + "=" + root)
                    .orElse("use cgroup v2");
            throw new BackendException("Could not " + what + ": " + refused.getMessage(), refused);
        }
    }

    /**
     * The own group is the last choice, unless it is the root of the hierarchy: it holds the JVM, and a group with processes hands no controllers on
     * (cgroup-v2.rst, No Internal Process Constraint). A parent that is ours too can be free of processes.
     */
    private static CgroupBase own(Path own) throws BackendException {
        Delegation delegation = Delegation.ofThisHost();
        List<String> refused = new ArrayList<>();
        if (!isRoot(own)) {
            try {
                return parent(own, delegation);
            } catch (BackendException e) {
                refused.add("Groups are not made beside the JVM's own: " + e.getMessage() + ".");
            }
        }
        String reason = delegation.reasonWhyOurs(own);
        checkJoinable(own, own);
        return new CgroupBase(own, own, reason, refused);
    }

    /** The tree's limits hold what is below its group, and its end reaches that. Whoever may make groups there is a member of the tree, as we are. */
    private static CgroupBase inTree(Path own) throws BackendException {
        checkJoinable(own, own);
        return new CgroupBase(own, own, "it is the JVM's own group, in the tree of another manager", List.of());
    }

    private static CgroupBase parent(Path own, Delegation delegation) throws BackendException {
        Path parent = own.getParent();
        if (OwnGroup.isTop(own)) {
            throw new BackendException("we are shown nothing above " + own);
        }
        String reason = delegation.reasonWhyParentOurs(parent, OwnGroup.isTop(parent) && !isRoot(parent));
        if (!new CgroupFolder(parent).text("cgroup.procs").isBlank()) {
            throw new BackendException(parent + " holds processes itself");
        }
        checkJoinable(parent, own);
        return new CgroupBase(parent, own, reason, List.of());
    }

    /** Only the root of the whole hierarchy has no type (cgroup-v2.rst, cgroup.type). */
    private static boolean isRoot(Path folder) {
        return !Files.exists(folder.resolve("cgroup.type"));
    }

    /** Refuses a group outside of the tree that this JVM is a member of. */
    static void requireInside(Path folder, Optional<EnclosingTree> around) throws BackendException {
        if (around.isPresent() && !folder.startsWith(around.get().group())) {
            throw new BackendException(
                    "this JVM is a member of another manager's tree, "
                            + around.get().group()
                            + ", whose limits and end would not reach what is started there: name a group below that one, or none");
        }
    }

    private static CgroupBase wanted(Path wanted, Path own, Optional<EnclosingTree> around) throws BackendException {
        Path folder = wanted.normalize();
        requireInside(folder, around);
        if (!Files.isDirectory(folder)) {
            throw new BackendException("there is no such folder");
        }
        // Only cgroup v2 has this file in every group (cgroups(7)).
        if (!Files.exists(folder.resolve("cgroup.subtree_control"))) {
            throw new BackendException("it is no cgroup v2 folder");
        }
        checkJoinable(folder, own);
        return new CgroupBase(folder, own, Setting.CGROUP_ROOT.variable() + " names it", List.of());
    }

    /**
     * A process that moves itself needs to write to cgroup.procs of the nearest group that holds both where it is and where it goes
     * (cgroup-v2.rst, Delegation Containment).
     */
    private static void checkJoinable(Path base, Path own) throws BackendException {
        if (!Files.isWritable(base)) {
            throw new BackendException("we may not make groups in " + base + ", have it delegated to our user");
        }
        Path common = own;
        while (!base.startsWith(common)) {
            common = common.getParent();
        }
        if (!Files.isWritable(common.resolve("cgroup.procs"))) {
            throw new BackendException(
                    "we may not move processes within " + common + ", start the JVM inside a group that is ours");
        }
    }
}
