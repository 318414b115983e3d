package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.ManagedProcess;
import pm.api.NoBackendException;
import pm.api.PmApi;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.core.backend.BackendDiscovery;
import pm.core.settings.SettingsReader;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** A manager whose backend and settings change while it works. */
class BackendSwitchTest {
    private static final int ROUNDS = 20;
    private static final int SPAWNERS = 4;
    private static final ProcessSpec SLEEP = ProcessSpec.of("sleep", "1000");

    /** The backend of this host under another name; counts its open sessions. */
    private record Named(String name, int ranking, BackendProvider host, AtomicInteger opened)
            implements BackendProvider {
        @Override
        public String apiVersion() {
            return PmApi.VERSION;
        }

        @Override
        public List<String> reasonsAgainst() {
            return host.reasonsAgainst();
        }

        @Override
        public BackendSession open(SessionRequest request) throws BackendException {
            opened.incrementAndGet();
            return host.open(request);
        }
    }

    private final Named usual = named("usual", 1);
    private final Named better = named("better", 2);
    private CoreProcessManager manager;

    private static Named named(String name, int ranking) {
        BackendProvider host = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.reasonsAgainst().isEmpty())
                .findFirst()
                .orElseThrow();
        return new Named(name, ranking, host, new AtomicInteger());
    }

    private static BackendDiscovery found(BackendProvider... providers) {
        return new BackendDiscovery(List.of(providers), List.of());
    }

    private static SettingsReader.Reading settings(Settings settings) {
        return SettingsReader.read(settings, System.getenv(), new Properties(), Map.of());
    }

    private static Settings quick() {
        return Settings.none()
                .with(Setting.TERMINATE_WAIT, Duration.ofMillis(200))
                .with(Setting.GRACEFUL_TIMEOUT, Duration.ofMillis(200));
    }

    @BeforeEach
    void open() {
        manager = CoreProcessManager.open(settings(quick()), found(usual), false);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void manyProcessesAreStartedWhileBackendsComeAndGo() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService spawners = Executors.newFixedThreadPool(SPAWNERS);
        List<Future<List<ProcessResult>>> results = new ArrayList<>();
        try {
            Callable<List<ProcessResult>> spawner = () -> {
                List<ProcessResult> mine = new ArrayList<>();
                while (!enough.get()) {
                    mine.add(manager.run(ProcessSpec.of("sleep", "0.01")));
                }
                return mine;
            };
            for (int i = 0; i < SPAWNERS; i++) {
                results.add(spawners.submit(spawner));
            }
            for (int i = 0; i < ROUNDS; i++) {
                manager.backendsChanged(found(usual, better));
                assertThat(manager.backend().name()).isEqualTo("better");
                manager.withdraw(better, found(usual));
                assertThat(manager.backend().name()).isEqualTo("usual");
            }
        } finally {
            enough.set(true);
            spawners.shutdown();
        }
        List<ProcessResult> all = new ArrayList<>();
        for (Future<List<ProcessResult>> mine : results) {
            all.addAll(mine.get());
        }
        assertThat(all).hasSizeGreaterThan(ROUNDS).allSatisfy(result -> {
            assertThat(result.cleanup().proven()).isTrue();
            assertThat(result.cause()).isIn(Cause.EXITED, Cause.BACKEND_STOPPED);
        });
        assertThat(manager.metrics().spawned()).isEqualTo(all.size());
        assertThat(manager.active()).isEmpty();
        assertThat(better.opened()).hasValue(ROUNDS);
    }

    @Test
    void theLastBackendIsNotWithdrawnWithoutAnother() {
        try (ManagedProcess process = manager.spawn(SLEEP)) {
            assertThatThrownBy(() -> manager.withdraw(usual, found())).isInstanceOf(NoBackendException.class);
            assertThat(process.isAlive()).isTrue();
            assertThat(manager.backend().name()).isEqualTo("usual");
        }
    }

    @Test
    void settingsOfASessionTakeAnotherOneAndOthersDoNot() {
        try (ManagedProcess process = manager.spawn(SLEEP)) {
            manager.changeSettings(settings(quick().with(Setting.MAX_PROCESSES, 5)), found(usual));
            assertThat(usual.opened()).hasValue(1);
            manager.changeSettings(settings(quick().with(Setting.CONTAINMENT, "supervision")), found(usual));
            assertThat(usual.opened()).hasValue(2);
            assertThat(manager.backend().containment()).contains("launcher");
            assertThat(process.isAlive()).isTrue();
            assertThat(process.tree().nodes()).isNotEmpty();
        }
    }

    @Test
    void aChangeThatCannotBeHadChangesNothing() {
        Settings wanted = quick().with(Setting.MAX_PROCESSES, 5).with(Setting.BACKEND, "nosuch");
        assertThatThrownBy(() -> manager.changeSettings(settings(wanted), found(usual)))
                .isInstanceOf(NoBackendException.class)
                .hasMessageContaining("'nosuch'");
        assertThat(manager.settings().count(Setting.MAX_PROCESSES)).isEqualTo(100);
        assertThat(manager.backend().name()).isEqualTo("usual");
    }
}
