package pm.backend.macos.process;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;

/** The limits of a tree that are held by looking again and again. Not thread-safe. */
final class SampledLimits {
    private final Map<LimitKind, Long> most = new EnumMap<>(LimitKind.class);
    private final Map<LimitKind, LimitViolation> met = new EnumMap<>(LimitKind.class);

    SampledLimits(Limits limits) {
        change(limits);
    }

    /** Those that are named get another amount. */
    void change(Limits limits) {
        for (LimitKind kind : List.of(LimitKind.MEMORY, LimitKind.PROCESS_MEMORY, LimitKind.PROCESSES)) {
            OptionalLong amount = limits.amount(kind);
            if (amount.isPresent()) {
                most.put(kind, amount.getAsLong());
            }
        }
    }

    /** Whether there is anything to look for. */
    boolean areThere() {
        return !most.isEmpty();
    }

    /** Compares them with what was seen; gives those that are exceeded now. */
    List<LimitViolation> check(long memory, long largestProcess, int processes) {
        return List.of(
                        exceeded(LimitKind.MEMORY, memory, " bytes were in use, "),
                        exceeded(LimitKind.PROCESS_MEMORY, largestProcess, " bytes were in use by one process, "),
                        exceeded(LimitKind.PROCESSES, processes, " processes were alive, "))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<LimitViolation> exceeded(LimitKind kind, long amount, String what) {
        Long allowed = most.get(kind);
        if (allowed == null || amount <= allowed) {
            return Optional.empty();
        }
        long times = met.containsKey(kind) ? met.get(kind).times() + 1 : 1;
        LimitViolation violation =
                new LimitViolation(kind, times, amount + what + allowed + " are allowed", Optional.empty());
        met.put(kind, violation);
        return Optional.of(violation);
    }

    /** What was exceeded so far. */
    List<LimitViolation> met() {
        return List.copyOf(met.values());
    }
}
