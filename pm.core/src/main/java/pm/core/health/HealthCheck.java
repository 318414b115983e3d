package pm.core.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pm.api.ErrorContext;
import pm.api.Health;
import pm.api.Health.Check;
import pm.api.Health.Status;
import pm.api.ProcessEvent;
import pm.api.ProcessTree;
import pm.api.Setting;
import pm.core.events.EventSink;
import pm.core.health.HealthSubject.TreeState;

/**
 * Looks whether the guarantees of one manager hold, and publishes each zombie and each unmanaged child once. Never throws: what cannot be
 * checked is a critical check. Safe for use by any thread.
 */
public final class HealthCheck {
    /** Name of the check for processes that exited and were not reaped; a backend's check may have it too. */
    public static final String ZOMBIES = "zombies";

    /** Name of the check for processes that live on after their leader. */
    public static final String ORPHANS = "orphans";

    /** Between exit and reaping every process is a zombie: only what stays one is worth a word. */
    private static final Duration ZOMBIE_PATIENCE = Duration.ofSeconds(1);

    private static final String CALLER = Setting.SHUTDOWN.variable() + "=caller";

    private final HealthSubject subject;
    private final UnmanagedChildren unmanaged;
    private final EventSink out;
    private final InstantSource clock;
    private final Sightings<Zombie> zombies = new Sightings<>(ZOMBIE_PATIENCE);

    /**
     * For one manager.
     *
     * @param subject the manager
     * @param unmanaged finds children that nobody manages
     * @param out gets what is found
     * @param clock measures how long something has been there; not the times in events, since the system's clock may be set
     */
    public HealthCheck(HealthSubject subject, UnmanagedChildren unmanaged, EventSink out, InstantSource clock) {
        this.subject = subject;
        this.unmanaged = unmanaged;
        this.out = out;
        this.clock = clock;
    }

    /** Looks now. */
    public Health check() {
        List<Check> checks = new ArrayList<>();
        add(checks, "shutdown hook", () -> List.of(shutdownHook()));
        add(checks, "active", () -> List.of(active()));
        add(checks, "cleanup", () -> List.of(cleanup()));
        add(checks, "backend", subject::backendChecks);
        add(checks, "trees", () -> {
            List<TreeState> trees = subject.trees();
            return List.of(zombies(trees), orphans(trees), limits(trees));
        });
        add(checks, "unmanaged children", () -> List.of(unmanagedChildren()));
        return new Health(Instant.now(), checks);
    }

    private interface Part {
        List<Check> look();
    }

    private static void add(List<Check> checks, String name, Part part) {
        try {
            checks.addAll(part.look());
        } catch (RuntimeException | LinkageError e) {
            checks.add(new Check(name, Status.CRITICAL, "could not be checked: " + e));
        }
    }

    private Check shutdownHook() {
        String name = "shutdown hook";
        return switch (subject.shutdown()) {
            case HOOK -> new Check(name, Status.OK, "registered");
            case NO_HOOK -> new Check(name, Status.CRITICAL, "not registered: only the crash guard ends the trees");
            case CALLER ->
                new Check(name, Status.OK, "ends nothing, as " + CALLER + " asks: the caller closes the manager");
            case NOT_CLOSED_BY_CALLER ->
                new Check(
                        name,
                        Status.WARNING,
                        "the JVM shuts down and nobody has closed the manager, as " + CALLER
                                + " asks: close it, else the crash guard kills the trees when the JVM is gone");
        };
    }

    private Check active() {
        int active = subject.active();
        int maximum = subject.maximum();
        return new Check("active", active <= maximum ? Status.OK : Status.CRITICAL, active + " of at most " + maximum);
    }

    private Check cleanup() {
        int failed = subject.failedCleanups();
        return failed == 0
                ? new Check("cleanup", Status.OK, "nothing is left of what ended")
                : new Check("cleanup", Status.CRITICAL, failed + " trees or containers could not be removed");
    }

    private Check zombies(List<TreeState> trees) {
        Instant now = clock.instant();
        Map<Zombie, Instant> seen = new HashMap<>();
        Map<Zombie, ErrorContext> owners = new HashMap<>();
        for (TreeState tree : trees) {
            for (ProcessTree.Node member : tree.members()) {
                if (member.state().startsWith("Z")) { // proc(5), /proc/pid/stat: Z is a zombie
                    Zombie zombie = new Zombie(member.pid(), member.startTime(), member);
                    seen.put(zombie, now);
                    owners.put(zombie, tree.context());
                }
            }
        }
        Set<Zombie> lasting = zombies.lasting(seen, now);
        for (Zombie zombie : lasting) {
            if (zombies.tell(zombie)) {
                out.publish(new ProcessEvent.ZombieFound(owners.get(zombie), Instant.now(), zombie.node()));
            }
        }
        return found(
                ZOMBIES,
                lasting.stream()
                        .map(zombie -> zombie.node().toString())
                        .sorted()
                        .toList());
    }

    private static Check orphans(List<TreeState> trees) {
        return found(
                ORPHANS,
                trees.stream()
                        .filter(tree -> tree.leaderEnded() && !tree.waitsForDescendants())
                        .flatMap(tree -> tree.members().stream())
                        .filter(member -> !member.state().startsWith("Z"))
                        .map(ProcessTree.Node::toString)
                        .toList());
    }

    private static Check limits(List<TreeState> trees) {
        List<String> excess = trees.stream()
                .flatMap(tree ->
                        tree.excess().stream().map(text -> tree.context().processId() + ": " + text))
                .toList();
        return excess.isEmpty() ? new Check("limits", Status.OK, "respected") : found("limits", excess);
    }

    private Check unmanagedChildren() {
        List<UnmanagedChildren.Child> children = unmanaged.find();
        ErrorContext context = ErrorContext.ofManager(subject.instanceId());
        for (UnmanagedChildren.Child child : children) {
            if (unmanaged.tell(child)) {
                out.publish(new ProcessEvent.UnmanagedChildFound(context, Instant.now(), child.pid(), child.program()));
            }
        }
        return found(
                "unmanaged children",
                children.stream().map(UnmanagedChildren.Child::toString).toList());
    }

    private static Check found(String name, List<String> found) {
        return found.isEmpty()
                ? new Check(name, Status.OK, "none")
                : new Check(name, Status.WARNING, String.join(", ", found));
    }

    /** A zombie by what identifies it; how it was seen does not count. */
    private record Zombie(long pid, Optional<Instant> start, ProcessTree.Node node) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Zombie zombie && zombie.pid == pid && zombie.start.equals(start);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(pid);
        }
    }
}
