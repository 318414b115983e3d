package pm.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a tree is ended: the signal of the first step and how long each step waits for the tree to be empty. What is not set here comes
 * from the manager's settings ({@link Setting#TERMINATE_WAIT}, {@link Setting#KILL_WAIT}, {@link Setting#LAST_RESORT_WAIT}). A terminate
 * wait set here also holds at shutdown, in place of {@link Setting#GRACEFUL_TIMEOUT}. Immutable; safe for use by any thread.
 *
 * @param signal the stop signal
 * @param terminateWait wait after {@link EscalationStep#TERMINATE}, empty for the setting's
 * @param killWait wait after {@link EscalationStep#KILL}, empty for the setting's
 * @param lastResortWait wait after {@link EscalationStep#LAST_RESORT}, empty for the setting's
 */
public record StopPolicy(
        Signal signal,
        Optional<Duration> terminateWait,
        Optional<Duration> killWait,
        Optional<Duration> lastResortWait) {
    private static final StopPolicy DEFAULT =
            new StopPolicy(Signal.TERM, Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that no wait is negative. */
    public StopPolicy {
        Objects.requireNonNull(signal);
        terminateWait.ifPresent(wait -> Durations.requireNotNegative("terminate wait", wait));
        killWait.ifPresent(wait -> Durations.requireNotNegative("kill wait", wait));
        lastResortWait.ifPresent(wait -> Durations.requireNotNegative("last resort wait", wait));
    }

    /**
     * SIGTERM and the manager's waits.
     *
     * @return the default policy
     */
    public static StopPolicy defaults() {
        return DEFAULT;
    }

    /**
     * A policy with another stop signal.
     *
     * @param stopSignal sent at the first step
     * @return a new policy
     */
    public StopPolicy signal(Signal stopSignal) {
        return new StopPolicy(stopSignal, terminateWait, killWait, lastResortWait);
    }

    /**
     * A policy with another grace.
     *
     * @param wait how long the tree may take after the stop signal; zero is allowed
     * @return a new policy
     */
    public StopPolicy terminateWait(Duration wait) {
        return new StopPolicy(signal, Optional.of(wait), killWait, lastResortWait);
    }

    /**
     * A policy with another wait for the kill to take effect.
     *
     * @param wait how long to wait for the killed tree to be empty before the last resort
     * @return a new policy
     */
    public StopPolicy killWait(Duration wait) {
        return new StopPolicy(signal, terminateWait, Optional.of(wait), lastResortWait);
    }

    /**
     * A policy with another wait for the last resort.
     *
     * @param wait how long to wait before the tree is reported as surviving
     * @return a new policy
     */
    public StopPolicy lastResortWait(Duration wait) {
        return new StopPolicy(signal, terminateWait, killWait, Optional.of(wait));
    }
}
