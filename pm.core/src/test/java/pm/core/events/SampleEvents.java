package pm.core.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.Cause;
import pm.api.CleanupReceipt;
import pm.api.ErrorContext;
import pm.api.ExitStatus;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Pressure;
import pm.api.ProcessEvent;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;

/** Events as tests need them, about process {@code p1} of the instance {@code test} unless another is named. */
public final class SampleEvents {
    public static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    /** Every figure known. */
    public static final ResourceUsage USAGE = new ResourceUsage(
            Duration.ofMillis(11),
            Duration.ofMillis(12),
            OptionalLong.of(13),
            OptionalLong.of(14),
            OptionalLong.of(15),
            OptionalLong.of(16),
            OptionalInt.of(17),
            OptionalInt.of(18),
            OptionalDouble.of(0.5),
            Optional.of(new Pressure(Duration.ofMillis(21), Duration.ofMillis(22), Duration.ofMillis(23))));

    private SampleEvents() {}

    public static ErrorContext process(String id) {
        return new ErrorContext(
                "test",
                id,
                4711,
                List.of("make", "--token", "***"),
                Optional.of(TIME),
                Optional.of("nightly"),
                Optional.of("app"));
    }

    public static ProcessEvent spawned() {
        return new ProcessEvent.Spawned(process("p1"), TIME, Duration.ofMillis(2), "container");
    }

    public static ProcessEvent timedOut(Instant time) {
        return new ProcessEvent.TimedOut(
                process("p1"), time, Cause.TIMED_OUT, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    public static ProcessEvent cleanedUp(String id, Cause cause, Duration latency) {
        return new ProcessEvent.CleanedUp(
                process(id),
                TIME,
                cause,
                new ExitStatus.Exited(0),
                Duration.ofSeconds(3),
                CleanupReceipt.NOTHING_TO_DO,
                USAGE,
                latency);
    }

    public static ProcessEvent limitViolated(LimitKind kind, long times, boolean again) {
        return new ProcessEvent.LimitViolated(
                process("p1"),
                TIME,
                new LimitViolation(kind, times, "killed", Optional.of(new LimitViolation.Victim(5, "hog"))),
                again);
    }

    public static ProcessEvent cleanupFailed(String id, Instant time) {
        return new ProcessEvent.CleanupFailed(process(id), time, "it survived", List.of(node(99, "D")));
    }

    public static ProcessEvent orphansFound(String id) {
        return new ProcessEvent.OrphansFound(process(id), TIME, "outlived the leader", List.of(node(5, "S")));
    }

    public static ProcessEvent managerCleanupFailed(Instant time) {
        return new ProcessEvent.CleanupFailed(ErrorContext.ofManager("test"), time, "folder is busy", List.of());
    }

    public static ProcessEvent warned(String message) {
        return new ProcessEvent.Warned(ErrorContext.ofManager("test"), TIME, message);
    }

    public static ProcessEvent healthChecked(Health.Check... checks) {
        return new ProcessEvent.HealthChecked(ErrorContext.ofManager("test"), TIME, new Health(TIME, List.of(checks)));
    }

    public static ProcessTree.Node node(long pid, String state) {
        return new ProcessTree.Node(pid, 1, "sleep 1000", state, Optional.of(TIME));
    }
}
