package pm.cli.run;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import pm.api.Cause;
import pm.api.Durations;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.ProcessResult;

/** Says in one line what went wrong with a run, as far as the exit status alone does not. */
final class Explanation {
    private Explanation() {}

    /** Empty when nothing went wrong that the command itself does not answer for. */
    static Optional<String> of(ProcessResult result) {
        String command = String.join(" ", result.command());
        if (!result.cleanup().proven()) {
            return Optional.of("Could not prove the tree of '" + command + "' gone: still there: "
                    + result.cleanup().survivors().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining("; "))
                    + "; end these processes by hand");
        }
        if (result.exit() instanceof ExitStatus.Unknown unknown) {
            return Optional.of("Could not learn the exit status of '" + command + "': " + unknown.reason());
        }
        if (result.cause().isTimeout() || result.cause() == Cause.PROCESSES) {
            int ended = result.cleanup().ended().size();
            return Optional.of(reason(result.cause()) + " after " + rounded(result.duration()) + ": ended '" + command
                    + "', " + ended + (ended == 1 ? " process" : " processes") + ", nothing left");
        }
        return result.cause() == Cause.OUT_OF_MEMORY ? Optional.of(outOfMemory(result, command)) : Optional.empty();
    }

    /** When the reader of pm's own output left something of the command's unread. */
    static String ofUndelivered(ProcessResult result) {
        return "Could not hand on the last output of '" + String.join(" ", result.command())
                + "': its reader did not take it in time, and it is lost; read it to its end";
    }

    private static String outOfMemory(ProcessResult result, String command) {
        StringBuilder text = new StringBuilder("out of memory after ").append(rounded(result.duration()));
        for (LimitViolation violation : result.violations()) {
            if (violation.kind() == LimitKind.MEMORY && violation.victim().isPresent()) {
                LimitViolation.Victim victim = violation.victim().get();
                text.append(": the kernel killed '").append(victim.command()).append("' (pid ");
                text.append(victim.pid()).append(')');
            }
        }
        return text.append("; '")
                .append(command)
                .append("' has ended, nothing left")
                .toString();
    }

    private static String reason(Cause cause) {
        return switch (cause) {
            case IDLE -> "silent for too long";
            case CPU_TIME -> "out of CPU time";
            case PROCESSES -> "too many processes";
            default -> "timed out";
        };
    }

    private static String rounded(Duration duration) {
        return Durations.format(Duration.ofMillis(duration.toMillis()));
    }
}
