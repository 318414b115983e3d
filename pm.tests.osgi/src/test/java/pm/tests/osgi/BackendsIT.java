package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import pm.api.Cause;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.Stdio;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** Backends that come and go. */
public class BackendsIT extends InFramework {
    private static final ProcessSpec SLEEP = ProcessSpec.of("sleep", "1000");

    /** Another backend: the Linux one under another name, with another rank, and for another version of the API. */
    private record Another(BackendProvider linux, int ranking, String apiVersion) implements BackendProvider {
        @Override
        public String name() {
            return "another";
        }

        @Override
        public List<String> reasonsAgainst() {
            return linux.reasonsAgainst();
        }

        @Override
        public BackendSession open(SessionRequest request) throws BackendException {
            return linux.open(request);
        }
    }

    private ServiceRegistration<BackendProvider> register(int ranking, String apiVersion) {
        ServiceReference<BackendProvider> linux = context.getServiceReference(BackendProvider.class);
        return context.registerService(
                BackendProvider.class, new Another(context.getService(linux), ranking, apiVersion), null);
    }

    @Test
    public void aBetterOneGetsNewProcessesAndRunningOnesStay() throws Exception {
        assumeControlGroups();
        ProcessManager manager = manager();
        List<ProcessEvent.BackendChanged> changes = new CopyOnWriteArrayList<>();
        try (ProcessManager.Registration listening = manager.listen(event -> {
                    if (event instanceof ProcessEvent.BackendChanged changed) {
                        changes.add(changed);
                    }
                });
                ManagedProcess before = manager.spawn(SLEEP)) {
            assertThat(listening).isNotNull();
            ServiceRegistration<BackendProvider> another = register(1000, PmApi.VERSION);
            await().atMost(SOON)
                    .until(() -> reference().getProperty("pm.backend").equals("another"));
            assertThat(manager.backend().name()).isEqualTo("another");
            assertThat(manager.backend().refused())
                    .extracting(refusal -> refusal.name())
                    .contains("linux");

            ManagedProcess after = manager.spawn(SLEEP);
            String instance = manager.instanceId();
            // Each session has a container of its own; both carry the manager's id.
            assertThat(ControlGroup.ofManager(before.pid())).startsWith("pm." + instance);
            assertThat(ControlGroup.ofManager(after.pid()))
                    .startsWith("pm." + instance)
                    .isNotEqualTo(ControlGroup.ofManager(before.pid()));
            assertThat(lives(before.pid())).isTrue();

            another.unregister();
            // Returns when the processes that it held have ended, and only those.
            assertThat(lives(after.pid())).isFalse();
            assertThat(after.await().cause()).isEqualTo(Cause.BACKEND_STOPPED);
            assertThat(lives(before.pid())).isTrue();
            assertThat(reference().getProperty("pm.backend")).isEqualTo("linux");
            assertThat(manager.run(ProcessSpec.of("true")).isSuccess()).isTrue();
            await().atMost(SOON).untilAsserted(() -> assertThat(changes)
                    .extracting(change -> change.backend().name())
                    .containsExactly("another", "linux"));
        }
    }

    /** A bundle of somebody else's, which stands in front of the Linux backend. */
    @Test
    public void aBundleThatIsDroppedInReplacesTheBackend() throws Exception {
        ProcessManager manager = manager();
        try (ManagedProcess before = manager.spawn(SLEEP)) {
            Bundle recording = context.installBundle(file("recording-backend"));
            recording.start();
            await().atMost(SOON).untilAsserted(() -> assertThat(reference().getProperty("pm.backend"))
                    .as("refused: %s", manager.backend().refused())
                    .isEqualTo("recording"));
            ManagedProcess after = manager.spawn(ServiceIT.STUBBORN);
            await().atMost(SOON).until(() -> after.tree().nodes().size() >= 4);
            List<Long> pids =
                    after.tree().nodes().stream().map(ProcessTree.Node::pid).toList();

            recording.uninstall();
            assertGone(pids);
            assertThat(lives(before.pid())).isTrue();
            assertThat(manager.backend().name()).isEqualTo("linux");
        }
    }

    /** It stands on the Linux backend: without that it goes too, and its processes before. */
    @Test
    public void aBackendThatStandsOnAnotherGoesWithIt() throws Exception {
        Bundle recording = context.installBundle(file("recording-backend"));
        recording.start();
        await().atMost(SOON)
                .until(() -> reference() != null
                        && reference().getProperty("pm.backend").equals("recording"));
        ManagedProcess process = manager().spawn(SLEEP);
        Bundle linux = ownBundle("pm.backend.linux");
        linux.stop();
        assertThat(lives(process.pid())).isFalse();
        assertThat(process.await().cleanup().proven()).isTrue();
        assertThat(reference()).isNull();
        linux.start();
        recording.uninstall();
        assertThat(manager().run(ProcessSpec.of("true")).isSuccess()).isTrue();
    }

    @Test
    public void aLowerRankOrAnotherVersionChangesNothing() throws Exception {
        ProcessManager manager = manager();
        ServiceRegistration<BackendProvider> lower = register(-1, PmApi.VERSION);
        ServiceRegistration<BackendProvider> other = register(1000, "9.0.0");
        try {
            assertThat(manager.backend().name()).isEqualTo("linux");
            assertThat(manager.backend().refused().toString())
                    .contains("ranking -1, behind linux")
                    .contains("compiled against pm.api 9.0.0, installed is pm.api " + PmApi.VERSION);
        } finally {
            lower.unregister();
            other.unregister();
        }
    }

    @Test
    public void outputOfBeforeCanStillBeRead() throws Exception {
        ProcessManager manager = manager();
        try (ManagedProcess before =
                manager.spawn(ProcessSpec.of("echo", "hello").stdout(Stdio.pipe()))) {
            ServiceRegistration<BackendProvider> another = register(1000, PmApi.VERSION);
            await().atMost(SOON).until(() -> manager.backend().name().equals("another"));
            assertThat(before.await().isSuccess()).isTrue();
            assertThat(manager.run(ProcessSpec.of("true")).isSuccess()).isTrue();
            assertThat(new String(before.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello\n");
            another.unregister();
        }
    }

    @Test
    public void withoutAnyThereIsNoManagerAndNothingLives() throws Exception {
        ProcessManager manager = manager();
        ManagedProcess process = manager.spawn(ServiceIT.STUBBORN);
        await().atMost(SOON).until(() -> process.tree().nodes().size() >= 4);
        List<Long> pids =
                process.tree().nodes().stream().map(ProcessTree.Node::pid).toList();
        Bundle linux = ownBundle("pm.backend.linux");

        linux.stop();
        assertGone(pids);
        assertThat(reference()).isNull();
        ProcessResult result = process.await();
        assertThat(result.cause()).isEqualTo(Cause.BACKEND_STOPPED);
        assertThat(result.cleanup().proven()).isTrue();

        linux.start();
        ProcessManager next = manager();
        assertThat(next.instanceId()).isNotEqualTo(manager.instanceId());
        assertThat(next.run(ProcessSpec.of("true")).isSuccess()).isTrue();
    }
}
