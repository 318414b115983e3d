package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.AlertKind;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ResourceUsage;
import pm.api.Setting;
import pm.core.backend.BackendDiscovery;
import pm.core.settings.SettingsReader;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;

/** A whole manager with this host's backend, whose containers cannot be removed at first, and cannot be asked afterwards. */
class ContainerRemovalTest extends Managed {
    private static final int REFUSALS = 3;

    private final AtomicInteger refusals = new AtomicInteger();

    @BeforeEach
    @Override
    void open() {
        BackendProvider host = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.reasonsAgainst().isEmpty())
                .findFirst()
                .orElseThrow();
        SettingsReader.Reading settings = SettingsReader.read(
                settings().with(Setting.CLEANUP_INTERVAL, Duration.ofMillis(150)),
                System.getenv(),
                new Properties(),
                Map.of());
        pm = CoreProcessManager.open(settings, new BackendDiscovery(List.of(new Stubborn(host)), List.of()), false);
        pm.listen(events::add);
    }

    @Test
    void isTriedAgainByTheClockAndAFaultOfHealthUntilItSucceeds() throws Exception {
        refusals.set(REFUSALS);
        assertThat(check("cleanup").status()).isEqualTo(Health.Status.OK);

        ManagedProcess process = pm.spawn(sh("exit 0"));
        assertThat(process.await().isSuccess()).isTrue();

        for (int failure = 0; failure < REFUSALS; failure++) {
            ProcessEvent.CleanupFailed failed = event(ProcessEvent.CleanupFailed.class, it -> true);
            assertThat(failed.context().processId()).isEqualTo(process.id());
            assertThat(failed.reason()).isEqualTo("Could not remove it: busy");
        }
        event(ProcessEvent.CleanedUp.class, it -> it.context().processId().equals(process.id()));
        event(ProcessEvent.AlertEnded.class, it -> it.alert() == AlertKind.CLEANUP_FAILED);
        await().atMost(LONG).until(() -> check("cleanup").status() == Health.Status.OK);
        assertThat(pm.metrics().cleanupFailures()).isEqualTo(REFUSALS);
    }

    @Test
    void isCriticalInTheHealthWhileItFails() throws Exception {
        refusals.set(Integer.MAX_VALUE);

        pm.run(sh("exit 0"));

        assertThat(check("cleanup").status()).isEqualTo(Health.Status.CRITICAL);
        assertThat(check("cleanup").detail()).startsWith("1 ");
        refusals.set(0);
        await().atMost(LONG).until(() -> check("cleanup").status() == Health.Status.OK);
    }

    @Test
    void isAfterTheLastLookAtWhatTheTreeHasUsed() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("exit 0"))) {
            ResourceUsage used = process.await().usage();
            assertThat(used).isNotEqualTo(ResourceUsage.NONE);
            assertThat(process.usage()).isEqualTo(used);
        }
    }

    /** This host's backend with its real processes and containers. */
    private final class Stubborn implements BackendProvider {
        private final BackendProvider host;

        Stubborn(BackendProvider host) {
            this.host = host;
        }

        @Override
        public String name() {
            return "stubborn";
        }

        @Override
        public int ranking() {
            return 1;
        }

        @Override
        public String apiVersion() {
            return PmApi.VERSION;
        }

        @Override
        public List<String> reasonsAgainst() {
            return List.of();
        }

        @Override
        public BackendSession open(SessionRequest request) throws BackendException {
            BackendSession session = host.open(request);
            return proxy(BackendSession.class, (method, arguments) -> {
                Object answer = call(session, method, arguments);
                return answer instanceof Containment containment ? container(containment) : answer;
            });
        }

        private Containment container(Containment real) {
            boolean[] closed = new boolean[1];
            return proxy(Containment.class, (method, arguments) -> {
                if (method.getName().equals("close")) {
                    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new BackendException("Could not remove it: busy");
                    }
                    closed[0] = true;
                } else if (method.getName().equals("usage") && closed[0]) {
                    throw new AssertionError("asked a container that was removed");
                }
                return call(real, method, arguments);
            });
        }
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method, arguments)));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
