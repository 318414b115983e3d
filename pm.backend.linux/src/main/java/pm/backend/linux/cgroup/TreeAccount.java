package pm.backend.linux.cgroup;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.LimitViolation.Victim;
import pm.api.ResourceUsage;
import pm.backend.linux.controller.Figures;

/** What a tree has used, and which limits it has met. The last figures stay when its groups are gone. Safe for use by any thread. */
final class TreeAccount {
    private final TreeGroups groups;
    private final Consumer<LimitViolation> violated;
    private final Supplier<Optional<Victim>> victim;
    private final Map<LimitKind, LimitViolation> violations = new EnumMap<>(LimitKind.class);
    /** Up to how often the listener has been told: again when it is twice as often, so that a storm is not one of events. */
    private final Map<LimitKind, Long> told = new EnumMap<>(LimitKind.class);

    private ResourceUsage usage = ResourceUsage.NONE;

    /**
     * Nothing used yet.
     *
     * @param violated hears of limits that are met
     * @param victim finds out who was killed for want of memory; asked only when somebody was
     */
    TreeAccount(TreeGroups groups, Consumer<LimitViolation> violated, Supplier<Optional<Victim>> victim) {
        this.groups = groups;
        this.violated = violated;
        this.victim = victim;
    }

    /**
     * Reads what the groups tell now.
     *
     * @param leader what the leader alone has used, as far as known
     */
    synchronized void take(ResourceUsage leader) {
        Figures figures = groups.read();
        if (!groups.counted().exists()) {
            return;
        }
        usage = figures.usage(leader);
        for (LimitViolation violation : figures.violations()) {
            LimitViolation before = violations.get(violation.kind());
            if (before == null || before.times() != violation.times()) {
                violations.put(violation.kind(), withVictim(violation, before));
            }
        }
        violations.values().forEach(this::tell);
    }

    /** Asks again when that was not known: how a leader ended is heard of later than that the kernel has killed. */
    synchronized void findVictim() {
        violations.computeIfPresent(LimitKind.MEMORY, (kind, known) -> withVictim(known, known));
    }

    private LimitViolation withVictim(LimitViolation violation, LimitViolation before) {
        Optional<Victim> known = before == null ? Optional.empty() : before.victim();
        Optional<Victim> found = known.isPresent() || violation.kind() != LimitKind.MEMORY ? known : victim.get();
        return new LimitViolation(violation.kind(), violation.times(), violation.detail(), found);
    }

    private void tell(LimitViolation violation) {
        long before = told.getOrDefault(violation.kind(), 0L);
        if (before == 0 || violation.times() / 2 >= before) {
            told.put(violation.kind(), violation.times());
            violated.accept(violation);
        }
    }

    synchronized ResourceUsage usage() {
        return usage;
    }

    synchronized List<LimitViolation> violations() {
        return List.copyOf(violations.values());
    }

    synchronized boolean hasMet(LimitKind kind) {
        return violations.containsKey(kind);
    }
}
