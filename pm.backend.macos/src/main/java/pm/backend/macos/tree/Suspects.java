package pm.backend.macos.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Processes that may be of a tree and may be strangers, and whatever these fork. Not thread-safe.
 */
final class Suspects {
    private Set<Long> before = new HashSet<>();
    private Set<Long> now = new HashSet<>();
    /** Of the last look, and of the one before: a notice of the fork may be late. */
    private Set<Long> orphans = new HashSet<>();

    private Set<Long> earlierOrphans = new HashSet<>();
    private List<ProcessRecord> living = List.of();

    /**
     * Takes in a look.
     *
     * @param others all but the tree's own
     * @param unseenParent whether a process was forked by one that nobody has seen
     * @param mayHaveForked whether the tree may have forked since the look before
     */
    void see(Collection<ProcessRecord> others, Predicate<ProcessRecord> unseenParent, boolean mayHaveForked) {
        Set<Long> fresh = new HashSet<>();
        for (ProcessRecord process : others) {
            if (unseenParent.test(process)) {
                fresh.add(process.uniqueId());
            }
        }
        List<ProcessRecord> cleared = new ArrayList<>(others);
        // What one forked while the last look was taken is not in that, and it may be gone from this.
        Set<Long> known = new HashSet<>(before);
        known.addAll(now);
        if (mayHaveForked || !known.isEmpty()) {
            known.addAll(fresh);
            known.addAll(orphans);
            known.addAll(earlierOrphans);
        }
        earlierOrphans = orphans;
        orphans = fresh;
        List<ProcessRecord> found = new ArrayList<>();
        boolean grew = true;
        while (grew) {
            grew = cleared.removeIf(process -> {
                boolean suspect = known.contains(process.uniqueId()) || known.contains(process.parentUniqueId());
                if (suspect) {
                    known.add(process.uniqueId());
                    found.add(process);
                }
                return suspect;
            });
        }
        before = now;
        now = new HashSet<>();
        found.forEach(process -> now.add(process.uniqueId()));
        living = found.stream().filter(ProcessRecord::lives).toList();
    }

    /** Whether there were any in one of the last two looks: nobody watches them, so they may fork at any time. */
    boolean areThere() {
        return !before.isEmpty() || !now.isEmpty();
    }

    /** Those of the last look that live. */
    List<ProcessRecord> living() {
        return living;
    }
}
