package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.ProcessEvent;
import pm.api.ProcessResult;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Setting;
import pm.core.backend.OpenedBackend;
import pm.core.output.StandardStreams;
import pm.core.process.Lifecycle.Phase;

/**
 * Watches one tree from its start until it is proven gone: hears of the leader's end and of emptiness, of deadlines and of demands, and
 * decides by {@link Lifecycle} what follows. Safe for use by any thread; what asks the system runs on workers.
 */
final class Supervision implements FailedCleanups.Remainder {
    /**
     * A tree whose leader was reaped is often said to be empty only a moment later: so long it is given before its members are looked at,
     * which may take a walk through all processes of the host.
     */
    private static final Duration SETTLE = Duration.ofMillis(5);

    /** An exit watcher that has not told of the leader so long after the tree was empty never will. */
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(5);

    private final Tree tree;
    private final Surroundings surroundings;
    private final SupervisionThreads threads;
    private final Journal journal;
    private final TreeLook look;
    private final Lifecycle lifecycle;
    private final Escalation escalation;
    private final StandardStreams streams;
    private final List<Deadline> deadlines = new ArrayList<>();
    private final Conclusion conclusion;
    /** What follows from what is known; asked for by whatever brings news. */
    private final Step course;
    /** Why the tree cannot be watched any more. */
    private volatile Throwable lost;
    /** When it was first seen by {@link #course} that the leader is missing, or has left others behind; 0 before. */
    private long missingSince;

    private long leftSince;

    Supervision(Tree tree, Surroundings surroundings, Conclusion.Observer observer) {
        this.tree = tree;
        this.surroundings = surroundings;
        this.threads = surroundings.threads();
        this.journal = tree.journal();
        this.look = new TreeLook(tree.containment(), journal);
        this.lifecycle = new Lifecycle(tree.spec().descendants());
        this.course = threads.step(this::consider);
        this.escalation = new Escalation(tree.containment(), journal, threads, new Steps());
        this.streams = new StandardStreams(tree.spec(), tree.leader(), surroundings.buffers(), new StreamEvents());
        this.conclusion = new Conclusion(tree, surroundings, lifecycle, escalation.receipt(), streams, observer);
        addDeadlines();
    }

    private void addDeadlines() {
        Deadline.Observer observer = this::deadlinePassed;
        if (!tree.spec().isTimeoutDisabled()) {
            Duration limit = tree.spec()
                    .timeout()
                    .orElseGet(() -> surroundings.settings().duration(Setting.DEFAULT_TIMEOUT));
            deadlines.add(new WallDeadline(limit, threads, observer));
        }
        tree.spec()
                .idleTimeout()
                .ifPresent(limit -> deadlines.add(new IdleDeadline(limit, streams::lastActivity, threads, observer)));
        tree.spec()
                .cpuTime()
                .ifPresent(limit -> deadlines.add(new CpuDeadline(
                        limit,
                        surroundings.settings().duration(Setting.CPU_SAMPLE_INTERVAL),
                        conclusion::usage,
                        threads,
                        observer)));
    }

    /** Begins. Called once, in the thread that spawns. */
    void start() {
        streams.start();
        deadlines.forEach(Deadline::start);
        tree.watch().start(this::limitMet);
        tree.leader().exit().thenAccept(this::leaderEnded);
        tree.containment().whenEmpty().whenComplete((nothing, problem) -> {
            if (problem == null) {
                lifecycle.foundEmpty();
            } else {
                lost = problem;
            }
            course.soon();
        });
    }

    private void leaderEnded(ExitStatus exit) {
        try {
            journal.exited(exit, tree.age());
        } finally {
            lifecycle.leaderEnded(exit);
            course.soon();
        }
    }

    private void emptied() {
        lifecycle.foundEmpty();
        course.soon();
    }

    /** What follows from what is known now. Begins again where it was when it is run again. */
    private void consider() {
        if (lost != null && lifecycle.phase() == Phase.RUNNING) {
            journal.warnOnce("Could not go on watching the tree: " + lost.getMessage());
            demand(new Demand(Cause.LOST, specWaits(), EscalationStep.KILL));
            lost = null;
        }
        if (lifecycle.concludes() || lifecycle.phase() == Phase.EMPTY) {
            deadlines.forEach(Deadline::cancel);
            escalation.end();
            conclusion.goOn(course);
        } else if (lifecycle.missesLeader()) {
            missingLeader();
        } else if (lifecycle.phase() == Phase.RUNNING && leaderLeftDescendants()) {
            leaderLeft();
        }
    }

    private void missingLeader() {
        long now = System.nanoTime();
        missingSince = missingSince == 0 ? now : missingSince;
        long left = EXIT_PATIENCE.toNanos() - (now - missingSince);
        if (left > 0) {
            course.after(left);
        } else {
            lifecycle.leaderLost();
            course.soon();
        }
    }

    private boolean leaderLeftDescendants() {
        return tree.spec().descendants() == Descendants.END && lifecycle.endedByLeader() && !lifecycle.orphansSeen();
    }

    private void leaderLeft() {
        if (look.isEmpty()) {
            emptied();
            return;
        }
        long now = System.nanoTime();
        leftSince = leftSince == 0 ? now : leftSince;
        long left = SETTLE.toNanos() - (now - leftSince);
        if (left > 0) {
            course.after(left);
            return;
        }
        List<ProcessTree.Node> orphans = look.members();
        if (orphans.isEmpty()) {
            leftSince = 0;
            course.after(SETTLE);
        } else {
            Demand demand = new Demand(Cause.EXITED, specWaits(), EscalationStep.TERMINATE);
            journal.orphansFound(orphans);
            demand(demand);
            lifecycle.seeOrphans();
        }
    }

    private void deadlinePassed(Cause cause, Duration limit, Duration used) {
        ProcessEvent announcement = new ProcessEvent.TimedOut(journal.context(), Instant.now(), cause, limit, used);
        demand(new Demand(cause, specWaits(), EscalationStep.TERMINATE, Optional.of(announcement)));
    }

    private void limitMet(LimitViolation violation, boolean again) {
        journal.limitViolated(violation, again);
        if (violation.kind() == LimitKind.MEMORY || violation.kind() == LimitKind.PROCESS_MEMORY) {
            lifecycle.shortOfMemory();
        } else if (violation.kind() == LimitKind.PROCESSES && tree.limits().isApproximated(LimitKind.PROCESSES)) {
            // Nobody refuses the fork that goes beyond: all that is left is to end what has forked.
            demand(new Demand(Cause.PROCESSES, specWaits(), EscalationStep.TERMINATE));
        }
    }

    /** Wants the tree to end. */
    void demand(Demand demand) {
        escalation.demand(demand);
    }

    @Override
    public boolean isOn(OpenedBackend backend) {
        return tree.isOn(backend);
    }

    /** The waits of the specification's own policy. */
    Waits specWaits() {
        return Waits.of(tree.spec().stopPolicy(), surroundings.settings());
    }

    /** Tries again to end a tree that survived, or to remove a container that could not be removed. On a worker. */
    @Override
    public void retry() {
        if (lifecycle.phase() == Phase.SURVIVED) {
            escalation.again();
            if (look.isEmpty()) {
                emptied();
            }
        } else {
            conclusion.removeContainer();
        }
    }

    private boolean isUnconcluded() {
        return !conclusion.done().isDone();
    }

    /** Completes when the tree is empty, or pm gave up. Not for callers' eyes: they could complete it. */
    CompletableFuture<ProcessResult> done() {
        return conclusion.done();
    }

    /** What the tree has used up to now. */
    ResourceUsage usage() {
        return conclusion.usage();
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    StandardStreams streams() {
        return streams;
    }

    private final class Steps implements Escalation.Observer {
        @Override
        public Cause begins(Demand demand) {
            if (lifecycle.beginsEnding(demand.cause())) {
                demand.announcement().ifPresent(journal::publish);
            }
            return lifecycle.cause();
        }

        @Override
        public void kills() {
            lifecycle.kills();
        }

        @Override
        public void seenEmpty() {
            emptied();
        }

        @Override
        public void survived(List<ProcessTree.Node> survivors) {
            if (lifecycle.survives() || (lifecycle.phase() == Phase.SURVIVED && isUnconcluded())) {
                deadlines.forEach(Deadline::cancel);
                conclusion.survived(survivors);
            }
        }
    }

    private final class StreamEvents implements StandardStreams.Observer {
        @Override
        public void warned(String message) {
            journal.warn(message);
        }

        @Override
        public void overflowed() {
            demand(new Demand(Cause.OUTPUT_OVERFLOW, specWaits(), EscalationStep.TERMINATE));
        }
    }
}
