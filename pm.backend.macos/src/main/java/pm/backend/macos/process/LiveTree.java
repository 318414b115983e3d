package pm.backend.macos.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pm.api.ExitStatus;
import pm.api.LimitViolation;
import pm.backend.macos.tree.Look;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.Surroundings;
import pm.backend.macos.tree.TrackedTree;
import pm.backend.macos.tree.TreeIds;
import pm.backend.posix.events.Watch;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.process.WaitStatus;
import pm.spi.BackendException;

/** A tree from its leader's birth until it is proven gone. All is guarded by the tracker's monitor, and called in it unless said otherwise. */
final class LiveTree {
    private final Equipment equipment;
    private final String name;
    private final Leader leader;
    private final TrackedTree tree;
    private final SampledLimits sampled;
    private final Consumer<LimitViolation> violated;
    private final Map<Long, Watch> watches = new HashMap<>();
    private final UsageSums sums = new UsageSums();
    private final List<LimitViolation> untold = new ArrayList<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private boolean leaderGone;
    private boolean finished;
    private volatile boolean killing;

    LiveTree(
            Equipment equipment, TreeIds ids, Leader leader, SampledLimits sampled, Consumer<LimitViolation> violated) {
        this.equipment = equipment;
        this.name = "tree " + ids.processId() + ", session " + leader.pid();
        this.leader = leader;
        this.sampled = sampled;
        this.violated = violated;
        this.tree = new TrackedTree(equipment.system().table(), ids, leader.record(), equipment.foreignSessions());
        watch(leader.record());
    }

    String name() {
        return name;
    }

    Leader leader() {
        return leader;
    }

    TrackedTree tree() {
        return tree;
    }

    UsageSums sums() {
        return sums;
    }

    /** Done on the loop's thread when it is proven gone; exceptionally when something may be left. Without the monitor. */
    CompletableFuture<Void> empty() {
        return empty;
    }

    /** Whether the leader was reaped, so that its pid is anyone's. */
    boolean isFinished() {
        return finished;
    }

    /** From now on each look kills. */
    void kill() {
        killing = true;
        tree.kill();
    }

    private void watch(ProcessRecord process) {
        try {
            watches.put(process.uniqueId(), equipment.watcher().watch(process, new ProcessWatcher.Listener() {
                @Override
                public void forked() {
                    synchronized (equipment.tracker()) {
                        tree.forked();
                    }
                    equipment.tracker().soon();
                }

                @Override
                public void exited() {
                    equipment.tracker().soon();
                }
            }));
        } catch (LibcException gone) {
            // What it has forked before is found by the look that follows every newcomer.
            tree.forked();
        }
    }

    /** Takes in a look; gives whether another should follow at once. */
    boolean see(Look look, Surroundings surroundings) {
        TrackedTree.Sight sight = tree.see(look, surroundings, equipment.signals());
        sight.newcomers().stream().filter(ProcessRecord::lives).forEach(this::watch);
        Set<Long> living = tree.living().stream().map(ProcessRecord::uniqueId).collect(Collectors.toSet());
        watches.entrySet().removeIf(watched -> {
            if (!living.contains(watched.getKey())) {
                watched.getValue().close();
            }
            return !living.contains(watched.getKey());
        });
        leaderGone = !living.contains(leader.record().uniqueId());
        return sight.again();
    }

    /** Adds up what is used, and kills above the limits; gives whether to come again soon. */
    boolean sample() {
        sums.see(UsageSums.samples(
                tree.living(), ProcessRecord::uniqueId, equipment.system().facts()::sample));
        if (!killing) {
            List<LimitViolation> exceeded = sampled.check(
                    sums.memory(), sums.largestMemory(), tree.living().size());
            untold.addAll(exceeded);
            if (!exceeded.isEmpty()) {
                kill();
            }
        }
        return killing || sampled.areThere();
    }

    /** Without the monitor. */
    boolean isBeingKilled() {
        return killing;
    }

    /** What the guard is told: groups, and processes below zero. The leader's group is its own until it is reaped. */
    Set<Integer> groups() {
        Set<Integer> groups = tree.groups();
        groups.add(leader.record().pid());
        tree.living().forEach(process -> groups.add(-process.pid()));
        return groups;
    }

    /** Without the monitor, on any thread: callbacks are on the loop's. */
    void tellWhatWasSeen() {
        synchronized (equipment.tracker()) {
            boolean news = !untold.isEmpty() || (leaderGone && !leader.hasExited()) || (tree.isGone() && !finished);
            if (!news) {
                return;
            }
        }
        equipment.loop().execute(this::tell);
    }

    private void tell() {
        List<LimitViolation> violations;
        boolean exited;
        boolean over;
        synchronized (equipment.tracker()) {
            violations = List.copyOf(untold);
            untold.clear();
            exited = leaderGone && !leader.hasExited();
            over = leaderGone && tree.isGone() && !finished;
            finished |= over;
        }
        violations.forEach(violated);
        if (exited) {
            OptionalInt status =
                    equipment.system().facts().exitStatus(leader.record().pid());
            leader.exited(status.isPresent() ? WaitStatus.decode(status.getAsInt()) : lost());
        }
        if (over) {
            finish();
        }
    }

    private static ExitStatus lost() {
        return new ExitStatus.Unknown("it was reaped by somebody else or SIGCHLD is ignored");
    }

    /** From here on the leader's pid, and the number of its group and session, are anyone's. */
    private void finish() {
        equipment.tracker().remove(this);
        List<ProcessRecord> suspects;
        synchronized (equipment.tracker()) {
            watches.values().forEach(Watch::close);
            watches.clear();
            sums.see(Map.of());
            suspects = tree.suspects();
            try {
                Children.reap(leader.record().pid()).ifPresent(sums::reaped);
            } catch (LibcException reapedBySystem) {
                // ECHILD: its status was told as unknown.
            }
        }
        if (suspects.isEmpty()) {
            empty.complete(null);
        } else {
            empty.completeExceptionally(new BackendException("Could not prove that nothing of " + name
                    + " is left: processes "
                    + suspects.stream().map(ProcessRecord::pid).toList()
                    + " appeared when it forked, and who started them was gone before it was seen;"
                    + " they may be strangers and were not killed, look at them"));
        }
    }
}
