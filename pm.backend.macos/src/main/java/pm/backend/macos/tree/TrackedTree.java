package pm.backend.macos.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pm.backend.macos.tree.Signaller.Command;
import pm.backend.macos.tree.Signaller.Delivery;

/**
 * One tree, from its leader's birth until it is proven gone, as one look after the other shows it. Whoever holds it takes looks: when
 * something has forked or exited, while the tree is being killed, and now and then. Not thread-safe.
 */
public final class TrackedTree {
    private final ProcessTable table;
    private final TreeIds ids;
    private final Membership membership;
    private final FixedPoint fixedPoint = new FixedPoint();
    private final Suspects suspects = new Suspects();
    private final Set<Long> refused = new HashSet<>();
    /** A notice may come while a look is taken, of a child that is not in it: it counts for the next one as well. */
    private boolean forked = true;

    private boolean forkedBefore;
    private boolean killing;
    private boolean empty;
    private boolean gone;

    /**
     * What a look has shown.
     *
     * @param newcomers to be watched from now on
     * @param again whether the next look is to be taken at once
     */
    public record Sight(List<ProcessRecord> newcomers, boolean again) {}

    /**
     * With the leader only, which stays unreaped until {@link #isGone()}.
     *
     * @param foreignSessions sessions of this JVM and its helpers
     */
    public TrackedTree(ProcessTable table, TreeIds ids, ProcessRecord leader, Set<Integer> foreignSessions) {
        this.table = table;
        this.ids = ids;
        this.membership = new Membership(leader, foreignSessions);
    }

    /** One of it has forked since the last look. */
    public void forked() {
        forked = true;
    }

    /** From now on it is killed, with every look that is taken. */
    public void kill() {
        killing = true;
    }

    /**
     * Takes in a look, and stops or kills what it shows if that has been ordered.
     *
     * @param surroundings with this look in them already
     */
    public Sight see(Look look, Surroundings surroundings, Signaller signaller) {
        List<ProcessRecord> newcomers = membership.see(look.processes());
        boolean mayHaveForked = forked || forkedBefore;
        suspects.see(membership.strangers(look.processes()), surroundings::hasUnseenParent, mayHaveForked);
        // The environment is read only where there is nothing else to go by: it costs a call, and to have no ids proves
        // nothing.
        List<ProcessRecord> marked = suspects.living().stream()
                .filter(process -> table.isMarked(process, ids))
                .toList();
        marked.forEach(membership::adopt);
        // Newcomers are not watched yet, and of one that was gone before it could be read nobody knows what it left.
        forkedBefore = forked || !newcomers.isEmpty() || (mayHaveForked && !look.whole());
        forked = false;
        List<ProcessRecord> living = membership.living();
        // Whoever died while a look was taken may have forked before: only in the next one nobody can be missing.
        boolean settled = !suspects.living().isEmpty() || !suspects.areThere();
        gone |= empty && living.isEmpty() && newcomers.isEmpty() && marked.isEmpty() && look.whole() && settled;
        empty = living.isEmpty();
        boolean grew = killing && end(living, signaller);
        return new Sight(newcomers, !newcomers.isEmpty() || !marked.isEmpty() || grew || (empty && !gone));
    }

    /**
     * Stops what is new, or kills what stands still.
     *
     * @return whether somebody was new
     */
    private boolean end(List<ProcessRecord> living, Signaller signaller) {
        List<ProcessRecord> fresh = fixedPoint.toStop(living);
        send(fresh.isEmpty() ? living : fresh, fresh.isEmpty() ? Command.KILL : Command.STOP, signaller);
        return !fresh.isEmpty();
    }

    private void send(List<ProcessRecord> processes, Command command, Signaller signaller) {
        Map<Integer, ProcessRecord> groups = new HashMap<>();
        processes.forEach(process -> groups.putIfAbsent(process.group(), process));
        // One call stops many at once. A group is within one session, so it is all the tree's.
        groups.values().forEach(process -> signaller.signalGroup(process, command));
        for (ProcessRecord process : processes) {
            if (signaller.signal(process, command) == Delivery.REFUSED) {
                refused.add(process.uniqueId());
            }
        }
    }

    /**
     * Stops everyone who is not stopped yet.
     *
     * @return whether somebody was, so that another look has to be taken
     */
    public boolean stopNewcomers(Signaller signaller) {
        List<ProcessRecord> fresh = fixedPoint.toStop(membership.living());
        send(fresh, Command.STOP, signaller);
        return !fresh.isEmpty();
    }

    /** Lets everyone go on. */
    public void resume(Signaller signaller) {
        fixedPoint.forget();
        send(membership.living(), Command.CONTINUE, signaller);
    }

    /** Those that lived at the last look, the leader first. */
    public List<ProcessRecord> living() {
        return membership.living();
    }

    /** Those of the last look that have exited and that a process of the tree has to reap. */
    public List<ProcessRecord> zombies() {
        Set<Integer> pids = membership.living().stream().map(ProcessRecord::pid).collect(Collectors.toSet());
        return membership.zombies().stream()
                .filter(zombie -> pids.contains(zombie.parentPid()))
                .toList();
    }

    /** Groups that those are in. */
    public Set<Integer> groups() {
        return membership.living().stream().map(ProcessRecord::group).collect(Collectors.toSet());
    }

    /** Whether it is proven that none of those that were seen lives, or can have left anyone behind. */
    public boolean isGone() {
        return gone;
    }

    /** Those that could not be signalled and still live. */
    public List<ProcessRecord> outOfReach() {
        return new ArrayList<>(membership.living().stream()
                .filter(process -> refused.contains(process.uniqueId()))
                .toList());
    }

    /**
     * Processes that may be of this tree, and may be strangers: they were forked in the same moment as something of it by a process that was
     * gone before anyone saw it, they left its session, and their environment says nothing. They are not killed.
     */
    public List<ProcessRecord> suspects() {
        return suspects.living();
    }
}
