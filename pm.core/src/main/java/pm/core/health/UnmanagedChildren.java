package pm.core.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds children of this JVM that no manager started: work that is neither limited, nor watched, nor ended. Safe for use by any thread. */
public final class UnmanagedChildren {
    /** Younger children may be ours: being started, and not yet known to their manager. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ManagedChildren managed;
    private final InstantSource clock;
    private final Sightings<Child> sightings = new Sightings<>(PATIENCE);

    /**
     * Nothing found yet.
     *
     * @param managed whom not to look for
     * @param clock tells now
     */
    public UnmanagedChildren(ManagedChildren managed, InstantSource clock) {
        this.managed = managed;
        this.clock = clock;
    }

    /**
     * A child.
     *
     * @param pid its id
     * @param start when it started, as far as the system tells; its pid may be another's later
     * @param program what it runs, without arguments, which may be secret
     */
    record Child(long pid, Instant start, String program) {
        @Override
        public String toString() {
            return pid + " (" + program + ")";
        }
    }

    /** Those that are there now, by pid. */
    List<Child> find() {
        // In this order: a child of ours that ends in between is neither managed any more nor alive.
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        Set<Long> ours = managed.pids();
        Instant now = clock.instant();
        Map<Child, Instant> seen = new HashMap<>();
        for (ProcessHandle child : children) {
            if (!ours.contains(child.pid()) && child.isAlive()) {
                ProcessHandle.Info info = child.info();
                Instant start = info.startInstant().orElse(Instant.EPOCH);
                seen.put(
                        new Child(child.pid(), start, info.command().orElse("unknown program")),
                        start.equals(Instant.EPOCH) ? now : start);
            }
        }
        return sightings.lasting(seen, now).stream()
                .sorted(Comparator.comparingLong(Child::pid))
                .toList();
    }

    /** Whether this child is told for the first time. */
    boolean tell(Child child) {
        return sightings.tell(child);
    }
}
