package pm.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.CleanupReceipt;
import pm.api.EffectiveSettings;
import pm.api.ErrorContext;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.ProcessEvent;
import pm.api.ResourceUsage;
import pm.api.Setting;
import pm.testing.ReadJson;

public class EventFieldsTest {
    /** Something that has settings. */
    public record Holder(EffectiveSettings settings) {}

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ErrorContext CONTEXT = new ErrorContext(
            "i1",
            "p1",
            42,
            List.of("sh", "-c", "a \"quoted\"\nword"),
            Optional.of(TIME),
            Optional.of("label"),
            Optional.of("bundle"));

    @Test
    void everyEventSaysWhenWhatAndWhomItIsAbout() throws Exception {
        Map<String, Object> fields = read(new ProcessEvent.Warned(CONTEXT, TIME, "something"));

        assertThat(fields)
                .containsEntry("time", "2026-01-02T03:04:05.678Z")
                .containsEntry("event", "Warned")
                .containsEntry("severity", "WARNING")
                .containsEntry("instanceId", "i1")
                .containsEntry("processId", "p1")
                .containsEntry("pid", 42L)
                .containsEntry("command", List.of("sh", "-c", "a \"quoted\"\nword"))
                .containsEntry("label", "label")
                .containsEntry("owner", "bundle")
                .containsEntry("parentPid", ProcessHandle.current().pid())
                .containsEntry("message", "something")
                .doesNotContainKey("context");
    }

    @Test
    void ownFieldsOfAnEventAreShownWhole() throws Exception {
        CleanupReceipt receipt = new CleanupReceipt(
                List.of(new CleanupReceipt.Ended(7, "sleep 9", EscalationStep.KILL)), true, List.of());
        Map<String, Object> fields = read(new ProcessEvent.CleanedUp(
                CONTEXT,
                TIME,
                Cause.TIMED_OUT,
                new ExitStatus.Signalled(9, false),
                Duration.ofSeconds(2),
                receipt,
                ResourceUsage.ofProcess(
                        Duration.ofMillis(5),
                        Duration.ofMillis(6),
                        OptionalLong.of(4096),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                Duration.ofNanos(1_500_000)));

        assertThat(fields)
                .containsEntry("cause", "TIMED_OUT")
                .containsEntry("durationMillis", 2000L)
                .containsEntry("latencyMillis", 1L)
                .containsEntry(
                        "receipt",
                        Map.of(
                                "ended",
                                List.of(Map.of("pid", 7L, "command", "sleep 9", "step", "KILL")),
                                "proven",
                                true,
                                "survivors",
                                List.of()));
        assertThat(fields.get("exit")).asString().isEqualTo("{exitCode=null, signal=9}");
    }

    @Test
    void anotherProcessIsNotTakenForTheOneOfTheContext() throws Exception {
        assertThat(read(new ProcessEvent.UnmanagedChildFound(CONTEXT, TIME, 99, "stranger")))
                .containsEntry("pid", 42L)
                .containsEntry("otherPid", 99L)
                .containsEntry("otherCommand", "stranger");
    }

    @Test
    void whatIsUnknownIsNull() throws Exception {
        assertThat(read(new ProcessEvent.LimitViolated(
                        ErrorContext.NONE,
                        TIME,
                        new LimitViolation(LimitKind.MEMORY, 1, "much", Optional.empty()),
                        false)))
                .containsEntry("label", null);
    }

    @Test
    void settingsAreShownWithTheirOrigin() throws Exception {
        EffectiveSettings settings = new EffectiveSettings(Map.of(
                Setting.JMX, new EffectiveSettings.Value(true, "true", EffectiveSettings.Origin.SYSTEM_PROPERTY)));
        Map<String, Object> fields = ReadJson.object(JsonText.line(PlainValues.ofRecord(new Holder(settings))));

        assertThat(fields)
                .containsEntry("settings", Map.of("jmx", Map.of("value", "true", "origin", "SYSTEM_PROPERTY")));
    }

    private static Map<String, Object> read(ProcessEvent event) throws Exception {
        String line = JsonText.line(EventFields.of(event));
        assertThat(line).doesNotContain("\n");
        return ReadJson.object(line);
    }
}
