package pm.backend.macos.tree;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Stops a tree until it does not grow any more: one look after the other, in each of which everyone who is new is stopped. When a look shows
 * nobody new, all of them were stopped before it began, so nobody has forked since. Not thread-safe.
 */
final class FixedPoint {
    private final Set<Long> stopped = new HashSet<>();

    /** Whom to stop now; empty when the tree stands still. */
    List<ProcessRecord> toStop(Collection<ProcessRecord> living) {
        return living.stream()
                .filter(process -> stopped.add(process.uniqueId()))
                .toList();
    }

    /** They go on: begins anew. */
    void forget() {
        stopped.clear();
    }
}
