package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.BackendReport;
import pm.api.Capabilities.Level;
import pm.api.Cause;
import pm.api.EffectiveSettings;
import pm.api.EscalationStep;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessManagerException;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Signal;
import pm.api.UnsupportedLimitException;
import pm.core.backend.Backends;
import pm.core.backend.OpenedBackend;
import pm.core.backend.SilentObserver;
import pm.core.events.RecordingSink;
import pm.core.output.Buffers;
import pm.core.settings.SettingsReader;
import pm.spi.BackendProvider;
import pm.spi.SessionRequest;

/** What the core makes of limits, told by a backend whose limits the test decides on. */
class TreeLimitsTest {
    private static final Limits SOME = Limits.none().memory(64, Limits.MIB).processes(20);

    private final RecordingSink sink = new RecordingSink();
    private final SupervisionThreads threads = new SupervisionThreads("limits", failure -> {
        throw new AssertionError(failure);
    });
    private LimitingSession session;
    private Processes processes;

    @BeforeEach
    void open() throws Exception {
        EffectiveSettings settings = SettingsReader.read(
                        Settings.none().with(Setting.TERMINATE_WAIT, Duration.ofMillis(200)),
                        System.getenv(),
                        new Properties(),
                        Map.of())
                .effective();
        BackendProvider host = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.reasonsAgainst().isEmpty())
                .findFirst()
                .orElseThrow();
        session = new LimitingSession(
                host.open(new SessionRequest("limits", 1, settings, new SilentObserver())),
                Map.of(
                        LimitKind.MEMORY, Level.ENFORCED,
                        LimitKind.SWAP, Level.ENFORCED,
                        LimitKind.NICE, Level.ENFORCED,
                        LimitKind.PROCESSES, Level.APPROXIMATED));
        Surroundings surroundings =
                new Surroundings("limits", () -> settings, sink, () -> false, threads, new Buffers());
        OpenedBackend backend =
                new OpenedBackend(host, session, new BackendReport(host.name(), "", "", List.of(), List.of()));
        processes = new Processes(surroundings, new Backends(backend), count -> {});
    }

    @AfterEach
    void close() throws Exception {
        assertThat(processes.endAll(Cause.MANAGER_CLOSED).failures()).isEmpty();
        threads.close();
        session.close();
    }

    private ManagedProcess sleep(Limits limits) {
        return processes.spawn(ProcessSpec.of("sleep", "1000").limits(limits), Owner.NOBODY);
    }

    private static LimitViolation met(LimitKind kind, long times) {
        return new LimitViolation(
                kind, times, "told by hog --key s3cret", Optional.of(new LimitViolation.Victim(5, "hog --key s3cret")));
    }

    private List<ProcessEvent.LimitViolated> violations() {
        return sink.of(ProcessEvent.LimitViolated.class);
    }

    @Test
    void aLimitThatIsMetIsAnEventAtOnceAndInTheResult() throws Exception {
        try (ManagedProcess process = sleep(SOME.without(LimitKind.PROCESSES))) {
            session.meet(met(LimitKind.MEMORY, 1));
            assertThat(violations()).hasSize(1);
            assertThat(process.isAlive()).isTrue();
            ProcessResult result = process.stop().get();
            assertThat(result.cause()).isEqualTo(Cause.STOPPED);
            assertThat(result.violations()).containsExactly(met(LimitKind.MEMORY, 1));
            assertThat(result.limits()).isEqualTo(SOME.without(LimitKind.PROCESSES));
        }
        assertThat(violations()).as("not told once more at the end").hasSize(1);
    }

    @Test
    void theKernelsKillIsTheCauseWhenTheLeaderDiedOfIt() throws Exception {
        try (ManagedProcess process = sleep(SOME.without(LimitKind.PROCESSES))) {
            session.meet(met(LimitKind.MEMORY, 1));
            killBehindPm(process.pid());
            assertThat(process.await().cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        }
    }

    @Test
    void aKillOfOursOrOfAnybodyIsNotOutOfMemory() throws Exception {
        try (ManagedProcess process = sleep(Limits.none())) {
            killBehindPm(process.pid());
            assertThat(process.await().cause()).isEqualTo(Cause.EXITED);
        }
        try (ManagedProcess process = sleep(SOME.without(LimitKind.PROCESSES))) {
            session.meet(met(LimitKind.MEMORY, 1));
            assertThat(process.kill().get().cause()).isEqualTo(Cause.STOPPED);
        }
        try (ManagedProcess process = sleep(SOME.without(LimitKind.PROCESSES))) {
            session.meet(met(LimitKind.MEMORY, 1));
            assertThat(process.signal(Signal.KILL)).isTrue();
            assertThat(process.await().cause()).isEqualTo(Cause.EXITED);
        }
    }

    /** As the kernel does: nobody asks pm. */
    private static void killBehindPm(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    @Test
    void aCountThatIsOnlySampledEndsTheTreeWhenItIsExceeded() throws Exception {
        try (ManagedProcess process = sleep(Limits.none().processes(20).bestEffort(true))) {
            session.meet(met(LimitKind.PROCESSES, 3));
            ProcessResult result = process.await();
            assertThat(result.cause()).isEqualTo(Cause.PROCESSES);
            assertThat(result.isSuccess()).isFalse();
            assertThat(result.violations()).extracting(LimitViolation::kind).containsExactly(LimitKind.PROCESSES);
        }
        assertThat(sink.of(ProcessEvent.Escalated.class)).first().satisfies(step -> {
            assertThat(step.step()).isEqualTo(EscalationStep.TERMINATE);
            assertThat(step.cause()).isEqualTo(Cause.PROCESSES);
        });
    }

    @Test
    void victimsAreMaskedAsTheCommandIs() throws Exception {
        ProcessSpec spec =
                ProcessSpec.of("sh", "-c", "sleep 1000", "s3cret").mask(3).limits(SOME.without(LimitKind.PROCESSES));
        try (ManagedProcess process = processes.spawn(spec, Owner.NOBODY)) {
            session.meet(met(LimitKind.MEMORY, 1));
            session.known.set(0, met(LimitKind.MEMORY, 2));
            assertThat(process.stop().get().violations().toString())
                    .contains("hog --key ***")
                    .doesNotContain("s3cret");
        }
        assertThat(violations()).hasSize(2).allSatisfy(event -> assertThat(event.toString())
                .contains("hog --key ***")
                .doesNotContain("s3cret"));
    }

    @Test
    void limitsOfARunningTreeAreChanged() throws Exception {
        try (ManagedProcess process = sleep(SOME.without(LimitKind.PROCESSES))) {
            Limits more = Limits.none().memory(128, Limits.MIB).swap(1, Limits.MIB);
            process.updateLimits(more);
            assertThat(session.given).containsExactly(SOME.without(LimitKind.PROCESSES), more);
            assertThat(process.limits()).isEqualTo(more);
            assertThat(sink.of(ProcessEvent.LimitsChanged.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.limits()).isEqualTo(more));
            assertThat(process.stop().get().limits()).isEqualTo(more);
            process.updateLimits(SOME.without(LimitKind.PROCESSES));
            assertThat(session.given).as("a tree that is gone").hasSize(2);
        }
    }

    @Test
    void aChangeThatCannotBeHeldChangesNothing() {
        try (ManagedProcess process = sleep(SOME.without(LimitKind.PROCESSES))) {
            assertThatThrownBy(() -> process.updateLimits(SOME))
                    .isInstanceOf(UnsupportedLimitException.class)
                    .hasMessageContaining("processes")
                    .hasMessageContaining("because the test says so");
            assertThatThrownBy(() -> process.updateLimits(Limits.none().with(LimitKind.NICE, 5)))
                    .isInstanceOf(UnsupportedLimitException.class)
                    .hasMessageContaining("nice")
                    .hasMessageContaining("parent");
            session.unchangeable.add(LimitKind.MEMORY);
            assertThatThrownBy(() -> process.updateLimits(Limits.none().memory(1, Limits.MIB)))
                    .isExactlyInstanceOf(ProcessManagerException.class)
                    .hasMessageContaining("in use");
            assertThat(session.given).hasSize(1);
            assertThat(process.limits()).isEqualTo(SOME.without(LimitKind.PROCESSES));
            assertThat(process.warnings()).isEmpty();
        }
        assertThat(sink.of(ProcessEvent.LimitsChanged.class)).isEmpty();
    }

    @Test
    void withBestEffortWhatCanBeChangedIs() {
        try (ManagedProcess process = sleep(Limits.none())) {
            session.unchangeable.add(LimitKind.MEMORY);
            process.updateLimits(
                    SOME.swap(1, Limits.MIB).with(LimitKind.NICE, 5).bestEffort(true));
            assertThat(process.limits().amounts())
                    .isEqualTo(Map.of(LimitKind.SWAP, Limits.MIB, LimitKind.PROCESSES, 20L));
            assertThat(process.warnings())
                    .hasSize(3)
                    .anyMatch(warning -> warning.contains("nice"))
                    .anyMatch(warning -> warning.contains("processes is limited approximately only"))
                    .anyMatch(warning -> warning.contains("memory is not changed") && warning.contains("in use"));
        }
    }

    @Test
    void changesUntilTheVeryEndNeitherFailNorHang() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (ManagedProcess process = sleep(Limits.none())) {
                Thread changing = new Thread(() -> {
                    for (long mib = 1; process.isAlive(); mib++) {
                        process.updateLimits(Limits.none().memory(mib, Limits.MIB));
                    }
                });
                changing.start();
                await().until(() -> process.limits().kinds().contains(LimitKind.MEMORY));
                ProcessResult result = process.kill().get();
                changing.join();
                assertThat(result.limits().kinds()).containsExactly(LimitKind.MEMORY);
            }
        }
    }
}
