package pm.core.process;

import java.util.Optional;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.ProcessEvent;

/**
 * Somebody wants a tree to end.
 *
 * @param cause why; it becomes the result's if nothing else set the end going before
 * @param waits between the steps
 * @param from the first step
 * @param announcement published before the first step, when this is what sets the end going
 */
record Demand(Cause cause, Waits waits, EscalationStep from, Optional<ProcessEvent> announcement) {
    /** With nothing to announce but the steps. */
    Demand(Cause cause, Waits waits, EscalationStep from) {
        this(cause, waits, from, Optional.empty());
    }
}
