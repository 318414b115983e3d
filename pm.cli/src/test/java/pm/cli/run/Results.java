package pm.cli.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.Cause;
import pm.api.CleanupReceipt;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.Pressure;
import pm.api.ProcessResult;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;

/** Results of runs that ended in one way or another. */
final class Results {
    static final ProcessTree.Node SURVIVOR = new ProcessTree.Node(77, 1, "stuck", "D", Optional.empty());

    private Results() {}

    static ProcessResult exited(int code) {
        return result(Cause.EXITED, new ExitStatus.Exited(code), CleanupReceipt.NOTHING_TO_DO);
    }

    static ProcessResult ended(Cause cause, ExitStatus exit) {
        return result(
                cause,
                exit,
                new CleanupReceipt(
                        List.of(new CleanupReceipt.Ended(43, "sleep 100", EscalationStep.TERMINATE)), true, List.of()));
    }

    static ProcessResult unproven(Cause cause) {
        return result(cause, new ExitStatus.Exited(0), new CleanupReceipt(List.of(), false, List.of(SURVIVOR)));
    }

    static ProcessResult outOfMemory() {
        return result(
                Cause.OUT_OF_MEMORY,
                new ExitStatus.Signalled(9, false),
                CleanupReceipt.NOTHING_TO_DO,
                List.of(new LimitViolation(
                        LimitKind.MEMORY, 1, "killed", Optional.of(new LimitViolation.Victim(44, "python3 hog")))));
    }

    private static ProcessResult result(Cause cause, ExitStatus exit, CleanupReceipt cleanup) {
        return result(cause, exit, cleanup, List.of());
    }

    private static ProcessResult result(
            Cause cause, ExitStatus exit, CleanupReceipt cleanup, List<LimitViolation> violations) {
        ResourceUsage usage = new ResourceUsage(
                Duration.ofMillis(30),
                Duration.ofMillis(12),
                OptionalLong.empty(),
                OptionalLong.of(4096),
                OptionalLong.empty(),
                OptionalLong.of(0),
                OptionalInt.empty(),
                OptionalInt.of(2),
                OptionalDouble.of(0.25),
                Optional.of(new Pressure(Duration.ofMillis(5), Duration.ZERO, Duration.ZERO)));
        return new ProcessResult(
                "i1",
                "p1",
                42,
                List.of("sh", "-c", "true"),
                cause,
                exit,
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(1234),
                usage,
                Limits.none(),
                violations,
                cleanup,
                Optional.empty(),
                Optional.empty(),
                List.of("a warning"));
    }
}
