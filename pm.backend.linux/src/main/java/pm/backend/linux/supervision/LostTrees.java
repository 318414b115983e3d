package pm.backend.linux.supervision;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessIdentity;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.linux.process.Orphans;

/**
 * Members of trees whose launchers were killed, as far as they are known. Where this JVM is the next subreaper, or the first process, they
 * become its children, and are reaped here. Safe for use by any thread.
 */
final class LostTrees {
    private final Set<ProcessIdentity> members = ConcurrentHashMap.newKeySet();
    private final Orphans orphans;

    /** Has none yet. */
    LostTrees(ExitWatcher exits) {
        this.orphans = new Orphans(() -> this::isMember, exits);
    }

    private boolean isMember(long pid) {
        return ProcFiles.stat(pid)
                .map(ProcessStat::identity)
                .filter(members::contains)
                .isPresent();
    }

    /**
     * Adds the members of a tree.
     *
     * @param leader which was alive a moment ago, or is a zombie: its session is the tree's; empty when its launcher ended before it was looked at
     * @param found others, which were alive a moment ago
     */
    void add(Optional<ProcessIdentity> leader, Collection<ProcessStat> found) {
        if (!Orphans.comeToThisJvm()) {
            return;
        }
        found.forEach(stat -> members.add(stat.identity()));
        leader.ifPresent(members::add);
        // A process is in the session that it was born in or has made: those of members are the tree's. No process gets
        // the number of a session that has members.
        Set<Long> sessions = found.stream().map(ProcessStat::session).collect(Collectors.toSet());
        Descendants.children(ProcessHandle.current().pid()).stream()
                .map(ProcFiles::stat)
                .flatMap(Optional::stream)
                .filter(stat -> sessions.contains(stat.session()) || isInSessionOf(leader, stat))
                .forEach(stat -> members.add(stat.identity()));
    }

    private static boolean isInSessionOf(Optional<ProcessIdentity> leader, ProcessStat stat) {
        return leader.filter(command -> stat.session() == command.pid() && stat.startTicks() >= command.startTicks())
                .isPresent();
    }

    /** Reaps those that have ended, then runs an action; see {@link Orphans#reapThen}. */
    void reapThen(Runnable action) {
        LongPredicate all = pid -> true;
        orphans.reapThen(all, () -> {
            forgetThoseGone();
            action.run();
        });
    }

    /** Returns the pids of those that are children of this JVM now; what has ended is reaped. */
    Set<Long> pids() {
        if (members.isEmpty()) {
            return Set.of();
        }
        Set<Long> living = orphans.reap();
        forgetThoseGone();
        return living;
    }

    private void forgetThoseGone() {
        members.removeIf(member -> !isMember(member.pid()));
    }
}
