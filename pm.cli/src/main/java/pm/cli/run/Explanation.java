package pm.cli.run;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import pm.api.Cause;
import pm.api.Durations;
import pm.api.ExitStatus;
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
        if (result.cause().isTimeout() || result.cause() == Cause.OUT_OF_MEMORY) {
            return Optional.of(reason(result.cause()) + " after " + rounded(result.duration()) + ": ended '" + command
                    + "', " + result.cleanup().ended().size() + " processes, nothing left");
        }
        return Optional.empty();
    }

    private static String reason(Cause cause) {
        return switch (cause) {
            case IDLE -> "silent for too long";
            case CPU_TIME -> "out of CPU time";
            case OUT_OF_MEMORY -> "out of memory";
            default -> "timed out";
        };
    }

    private static String rounded(Duration duration) {
        return Durations.format(Duration.ofMillis(duration.toMillis()));
    }
}
