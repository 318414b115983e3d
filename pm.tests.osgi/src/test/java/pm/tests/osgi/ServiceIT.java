package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Test;
import org.osgi.framework.ServiceReference;
import pm.api.CommandNotFoundException;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.Stdio;

/** The manager as a service. */
public class ServiceIT extends InFramework {
    /** Ignores the stop signal, and has a child in a session of its own that does too. */
    static final ProcessSpec STUBBORN =
            ProcessSpec.of("sh", "-c", "trap '' TERM; setsid sh -c \"trap '' TERM; sleep 1000\" & sleep 1000");

    @Test
    public void itsPropertiesSayWhichItIs() {
        ProcessManager manager = manager();
        ServiceReference<ProcessManager> reference = reference();

        assertThat(reference.getProperty("pm.pid")).isEqualTo("pm");
        assertThat(reference.getProperty("pm.instance")).isEqualTo(manager.instanceId());
        assertThat(reference.getProperty("pm.backend")).isEqualTo("linux");
        assertThat(reference.getProperty("pm.api.version")).isEqualTo(PmApi.VERSION);
        assertThat(reference.getBundle().getSymbolicName()).isEqualTo("pm.core");
    }

    @Test
    public void runsAProgram() throws Exception {
        ProcessResult result = manager()
                .run(ProcessSpec.of("sh", "-c", "echo $PM_INSTANCE_ID; exit 3").stdout(Stdio.capture(1, Stdio.KIB)));

        assertThat(result.exit().shellCode()).isEqualTo(3);
        assertThat(result.stdout().orElseThrow().text()).isEqualTo(manager().instanceId() + "\n");
        assertThat(result.cleanup().proven()).isTrue();
    }

    @Test
    public void endsAStubbornDetachedTree() throws Exception {
        ManagedProcess process = manager().spawn(STUBBORN.timeout(Duration.ofMillis(300)));
        await().until(() -> process.tree().nodes().size() >= 4 || !process.isAlive());
        List<Long> pids =
                process.tree().nodes().stream().map(ProcessTree.Node::pid).toList();

        ProcessResult result = process.await();

        assertThat(result.cause().isTimeout()).isTrue();
        assertThat(result.cleanup().proven()).isTrue();
        assertGone(pids);
    }

    @Test
    public void limitsAreHeldOrRefusedAsTheCapabilitiesSay() throws Exception {
        Limits limits = Limits.none().with(LimitKind.OPEN_FILES, 50);
        ProcessResult result = manager()
                .run(ProcessSpec.of("sh", "-c", "ulimit -n").limits(limits).stdout(Stdio.capture(1, Stdio.KIB)));

        assertThat(result.stdout().orElseThrow().text()).isEqualTo("50\n");
    }

    @Test
    public void eventsCarryTheNameOfTheBundle() throws Exception {
        List<ProcessEvent> events = new CopyOnWriteArrayList<>();
        try (ProcessManager.Registration listening = manager().listen(events::add)) {
            assertThat(listening).isNotNull();
            assertThat(manager().run(ProcessSpec.of("true")).isSuccess()).isTrue();
            await().until(() -> events.stream().anyMatch(ProcessEvent.CleanedUp.class::isInstance));
        }
        assertThat(events)
                .filteredOn(event -> !event.context().processId().isEmpty())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.context().owner())
                        .contains(context.getBundle().getSymbolicName()));
    }

    @Test
    public void aMissingProgramIsToldAsAnywhere() {
        assertThatThrownBy(() -> manager().spawn(ProcessSpec.of("nosuch-program")))
                .isInstanceOf(CommandNotFoundException.class)
                .hasMessageContaining("Could not start 'nosuch-program'");
    }

    @Test
    public void nobodyClosesItForTheOthers() {
        assertThatThrownBy(() -> manager().close())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Could not close the process manager");
    }

    @Test
    public void openSaysThatTheServiceIsTheWay() {
        assertThatThrownBy(() -> ProcessManagers.open(PmApi.VERSION)).hasMessageContaining("ProcessManager service");
    }
}
