package pm.core.process;

import java.util.Optional;
import pm.api.EscalationStep;

/**
 * Decides which step is due when. Knows no clock and no process; guarded by the lock of its escalation. Once begun, no step is left out;
 * whoever demands a kill begins with it, or ends the wait of the step before it.
 */
final class EscalationPlan {
    private Waits waits;
    private EscalationStep demanded;
    private EscalationStep current;
    private long waitingSince;

    /** The end of the tree is wanted, from this step on. A further demand can only make it faster. */
    void demand(Waits limits, EscalationStep from) {
        if (demanded == null || from.compareTo(demanded) > 0) {
            demanded = from;
        }
        try {
            waits = waits == null ? limits : waits.shortenedBy(limits);
        } catch (OutOfMemoryError full) {
            // The waits stay as long as they were.
            HeapReserve.release();
        }
    }

    /** Nanoseconds from {@code now} until {@link #next()} is due; zero or less when it is overdue. */
    long dueIn(long now) {
        if (current == null || current.compareTo(demanded) < 0) {
            return 0;
        }
        return waits.after(current).toNanos() - (now - waitingSince);
    }

    /** The step that was taken last; empty before the first. */
    Optional<EscalationStep> current() {
        return Optional.ofNullable(current);
    }

    /** The next step; empty when all have been taken. */
    Optional<EscalationStep> next() {
        return current == null ? Optional.of(demanded) : after(current);
    }

    private static Optional<EscalationStep> after(EscalationStep step) {
        return switch (step) {
            case TERMINATE -> Optional.of(EscalationStep.KILL);
            case KILL -> Optional.of(EscalationStep.LAST_RESORT);
            case LAST_RESORT -> Optional.empty();
        };
    }

    /** The step was taken: its wait begins. */
    void taken(EscalationStep step, long now) {
        current = step;
        waitingSince = now;
    }

    /** The waits as they are now. */
    Waits waits() {
        return waits;
    }
}
