package pm.core.process;

import java.util.ArrayList;
import java.util.List;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.ErrorContext;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.UnsupportedLimitException;

/**
 * What becomes of the limits that a caller asked for, known before anything is started.
 *
 * @param accepted what is passed to the backend
 * @param warnings what is not held as asked; empty unless the caller chose best effort
 */
record LimitCheck(Limits accepted, List<String> warnings) {
    /**
     * Compares them with what the host can do.
     *
     * @throws UnsupportedLimitException when a limit cannot be enforced, and best effort was not chosen; the message names all of them
     */
    static LimitCheck of(Limits asked, Capabilities capabilities, ErrorContext context) {
        Limits accepted = asked;
        List<String> faults = new ArrayList<>();
        for (LimitKind kind : asked.kinds()) {
            Support support = capabilities.of(kind);
            if (support.level() == Level.UNSUPPORTED) {
                accepted = accepted.without(kind);
                faults.add(kind.label() + " is not limited: " + support.reason());
            } else if (support.level() == Level.APPROXIMATED) {
                faults.add(kind.label() + " is limited approximately only: " + support.reason());
            }
        }
        if (!faults.isEmpty() && !asked.bestEffort()) {
            throw new UnsupportedLimitException(
                    "Could not enforce every limit: " + String.join("; ", faults)
                            + "; choose best effort to run all the same",
                    context);
        }
        return new LimitCheck(accepted, List.copyOf(faults));
    }
}
