package pm.backend.linux.supervision;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import pm.api.LimitKind;
import pm.api.LimitViolation;

/** How many processes a supervised tree may have: its launcher counts them, and tells once for each time that they are too many. */
final class ProcessCount {
    private final Consumer<LimitViolation> violated;
    private int most;
    private long times;
    private Optional<LimitViolation> last = Optional.empty();

    /**
     * For one tree.
     *
     * @param most processes alive at a time, 0 for any number
     * @param violated hears when there are more
     */
    ProcessCount(int most, Consumer<LimitViolation> violated) {
        this.most = most;
        this.violated = violated;
    }

    /** How many may live at a time. */
    synchronized int most() {
        return most;
    }

    synchronized void change(int processes) {
        most = processes;
    }

    /** The launcher has found too many; maybe before it heard that more are allowed now. */
    void exceeded(int living) {
        LimitViolation violation;
        synchronized (this) {
            if (most == 0 || living <= most) {
                return;
            }
            times++;
            violation = new LimitViolation(
                    LimitKind.PROCESSES,
                    times,
                    living + " processes were alive, " + most + " are allowed",
                    Optional.empty());
            last = Optional.of(violation);
        }
        violated.accept(violation);
    }

    /** What was exceeded so far. */
    synchronized List<LimitViolation> violations() {
        return last.stream().toList();
    }
}
