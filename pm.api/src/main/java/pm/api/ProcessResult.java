package pm.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a process and its tree. Immutable; safe for use by any thread.
 *
 * @param instanceId the manager's id
 * @param processId pm's own id of the process, unique within the manager
 * @param pid the leader's pid
 * @param command the command, masked arguments as {@code ***}
 * @param cause why it ended
 * @param exit the leader's own end, as the system told it
 * @param startTime when it was started
 * @param duration from the start until the tree was empty
 * @param usage what the tree used
 * @param limits what was held of the limits that were asked for
 * @param violations limits that were met, at most one for each kind
 * @param cleanup how the tree ended, and whether nothing is left
 * @param stdout standard output, when it was captured
 * @param stderr standard error, when it was captured
 * @param warnings what was not done as asked (best effort), or went wrong without ending the process
 */
public record ProcessResult(
        String instanceId,
        String processId,
        long pid,
        List<String> command,
        Cause cause,
        ExitStatus exit,
        Instant startTime,
        Duration duration,
        ResourceUsage usage,
        Limits limits,
        List<LimitViolation> violations,
        CleanupReceipt cleanup,
        Optional<CapturedOutput> stdout,
        Optional<CapturedOutput> stderr,
        List<String> warnings) {
    /** Copies the lists. */
    public ProcessResult {
        command = List.copyOf(command);
        violations = List.copyOf(violations);
        warnings = List.copyOf(warnings);
    }

    /**
     * Whether it ended by itself with code 0, and nothing of it is left.
     *
     * @return true for a clean success
     */
    public boolean isSuccess() {
        return cause == Cause.EXITED && exit.isSuccess() && cleanup.proven();
    }

    /**
     * This result, or an exception that tells why it is none to be happy with.
     *
     * @return this, when {@link #isSuccess()}
     * @throws ProcessTimeoutException when a timeout ended it
     * @throws CleanupException when something of the tree may be left
     * @throws ProcessFailedException when it failed otherwise
     */
    public ProcessResult orThrow() {
        if (isSuccess()) {
            return this;
        }
        ErrorContext context = new ErrorContext(
                instanceId, processId, pid, command, Optional.of(startTime), Optional.empty(), Optional.empty());
        if (!cleanup.proven()) {
            throw new CleanupException(
                    "Could not prove the tree gone: " + cleanup.survivors(), context, cleanup.survivors());
        }
        if (cause.isTimeout()) {
            throw new ProcessTimeoutException(
                    "Could not finish in time: " + cause + " after " + duration.toMillis() + " ms", context, this);
        }
        throw new ProcessFailedException("Could not succeed: " + cause + ", " + exit, context, this);
    }
}
