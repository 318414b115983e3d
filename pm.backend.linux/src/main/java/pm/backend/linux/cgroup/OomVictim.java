package pm.backend.linux.cgroup;

import java.nio.file.Path;
import java.util.Optional;
import pm.api.ExitStatus;
import pm.api.LimitViolation.Victim;
import pm.backend.linux.kernel.Signals;

/** Finds out whom the kernel killed for want of memory in a tree. */
final class OomVictim {
    private final TreeGroups groups;
    private final TreeLeader leader;
    private volatile boolean mayBeOurs;

    OomVictim(TreeGroups groups, TreeLeader leader) {
        this.groups = groups;
        this.leader = leader;
    }

    /** From now on we may have killed the leader ourselves. */
    void mayBeOurs() {
        mayBeOurs = true;
    }

    /**
     * As the kernel logs; where that cannot be read, the leader if nobody else can have killed that. Empty as long as the leader's pid is not
     * known: until it runs the command, the kernel knows it by the launcher's name.
     */
    Optional<Victim> find() {
        if (leader.pid() == 0) {
            return Optional.empty();
        }
        for (CgroupFolder group : groups.all()) {
            Optional<Victim> logged = KernelLog.victim(pathEnd(group.path()));
            if (logged.isPresent()) {
                return logged.get().pid() == leader.pid() ? Optional.of(ofLeader()) : logged;
            }
        }
        return !mayBeOurs && leader.exit().filter(OomVictim::isKill).isPresent()
                ? Optional.of(ofLeader())
                : Optional.empty();
    }

    private Victim ofLeader() {
        return new Victim(leader.pid(), leader.command());
    }

    private static boolean isKill(ExitStatus exit) {
        return exit instanceof ExitStatus.Signalled signalled && signalled.signal() == Signals.SIGKILL;
    }

    /** The end of a group's path, from what is named after pm and an instance on: the same whoever looks at it, and no other group's. */
    static String pathEnd(Path group) {
        for (Path path = group; path.getParent() != null; path = path.getParent()) {
            if (path.getFileName().toString().startsWith(InstanceCgroup.PREFIX)
                    || path.getFileName().toString().startsWith(TreeScope.PREFIX)) {
                return "/" + path.getParent().relativize(group);
            }
        }
        return group.toString();
    }
}
