package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.BackendReport;
import pm.api.CommandNotFoundException;
import pm.api.EffectiveSettings;
import pm.api.ProcessEvent;
import pm.api.ProcessSpec;
import pm.api.Settings;
import pm.core.backend.Backends;
import pm.core.backend.OpenedBackend;
import pm.core.backend.SilentObserver;
import pm.core.events.EventSink;
import pm.core.output.Buffers;
import pm.core.settings.SettingsReader;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;

/** What becomes of the container when a start fails. The host's own containers, which the system removes only after some tries. */
class BirthTest {
    private final List<ProcessEvent> events = new CopyOnWriteArrayList<>();
    private final List<Containment> made = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final SupervisionThreads threads = new SupervisionThreads("birth", failure -> {
        throw new AssertionError(failure);
    });
    private BackendSession session;
    private OpenedBackend backend;
    private EffectiveSettings settings;

    @BeforeEach
    void open() throws Exception {
        settings = SettingsReader.read(Settings.none(), System.getenv(), new Properties(), Map.of())
                .effective();
        BackendProvider host = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.reasonsAgainst().isEmpty())
                .findFirst()
                .orElseThrow();
        session = host.open(new SessionRequest("birth", 1, settings, new SilentObserver()));
        BackendSession stubborn = proxy(BackendSession.class, session, (name, result) -> {
            if (name.equals("contain")) {
                made.add((Containment) result.get());
                return proxy(Containment.class, made.get(made.size() - 1), this::closeLater);
            }
            return result.get();
        });
        backend = new OpenedBackend(host, stubborn, new BackendReport(host.name(), "", "", List.of(), List.of()));
    }

    @AfterEach
    void close() throws Exception {
        threads.close();
        session.close();
    }

    private Object closeLater(String name, Answer answer) throws Throwable {
        if (name.equals("close") && refusals.getAndDecrement() > 0) {
            throw new BackendException("Could not remove it: busy");
        }
        return answer.get();
    }

    private interface Answer {
        Object get() throws Throwable;
    }

    private interface Call {
        Object answer(String name, Answer real) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method.getName(), () -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }

    private Processes processes(EventSink sink) {
        Surroundings surroundings =
                new Surroundings("birth", () -> settings, sink, () -> false, threads, new Buffers());
        return new Processes(surroundings, new Backends(backend), count -> {});
    }

    @Test
    void aContainerThatCannotBeRemovedAfterAFailedStartIsTriedAgain() {
        Processes processes = processes(events::add);
        refusals.set(2);

        assertThatThrownBy(() -> processes.spawn(ProcessSpec.of("nosuchcommand"), Owner.NOBODY))
                .isInstanceOf(CommandNotFoundException.class);

        assertThat(events)
                .filteredOn(ProcessEvent.Warned.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("busy; it is tried again"));
        assertThat(processes.failedCleanups()).isEqualTo(1);
        processes.retryFailedCleanups();
        assertThat(processes.failedCleanups()).isEqualTo(1);
        processes.retryFailedCleanups();
        assertThat(processes.failedCleanups()).isZero();
        assertThat(refusals).hasNegativeValue();
    }

    @Test
    void whatRunsAndIsInNobodysBooksIsEndedAndItsContainerRemoved() throws Exception {
        Processes processes = processes(event -> {
            if (event instanceof ProcessEvent.Spawned) {
                throw new IllegalStateException("a mistake of ours");
            }
        });

        assertThatThrownBy(() -> processes.spawn(ProcessSpec.of("sleep", "1000"), Owner.NOBODY))
                .isInstanceOf(IllegalStateException.class);

        await().until(() -> processes.failedCleanups() == 0);
        assertThat(made).hasSize(1);
        assertThat(made.get(0).isEmpty()).isTrue();
        assertThat(processes.activeCount()).isZero();
        assertThat(refusals).as("closed").hasNegativeValue();
    }
}
