package pm.tests.hostile;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import pm.api.CleanupException;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;

/** Starts {@code SETPRIV MARK}: a program that becomes root where this JVM is not, so that it cannot be ended. Prints what pm says of it. */
public final class SurvivorMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Settings SETTINGS = Settings.none()
            .with(Setting.TERMINATE_WAIT, Duration.ofMillis(100))
            .with(Setting.KILL_WAIT, Duration.ofMillis(500))
            .with(Setting.LAST_RESORT_WAIT, Duration.ofMillis(100))
            .with(Setting.GRACEFUL_TIMEOUT, Duration.ofMillis(100));

    private SurvivorMain() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws Exception {
        List<ProcessEvent> events = new CopyOnWriteArrayList<>();
        @SuppressWarnings("resource") // closing it fails, and that is the point
        ProcessManager manager = ProcessManagers.open(PmApi.VERSION, SETTINGS);
        manager.listen(events::add);
        @SuppressWarnings("resource")
        ManagedProcess process =
                manager.spawn(ProcessSpec.of(args[0], "--reuid=0", "--regid=0", "--clear-groups", "sleep", args[1]));
        Awaitility.await().until(() -> process.tree().nodes().toString().contains("sleep " + args[1]));
        OUT.println("READY " + manager.backend().containment());
        try {
            process.close();
        } catch (CleanupException e) {
            OUT.println("SURVIVORS " + e.survivors() + " in " + e.getMessage());
        }
        OUT.println("PROVEN " + process.await().cleanup().proven());
        OUT.println("FAILURES " + manager.metrics().cleanupFailures());
        Awaitility.await().until(() -> events.stream().anyMatch(ProcessEvent.CleanupFailed.class::isInstance));
        events.stream()
                .filter(event ->
                        event instanceof ProcessEvent.CleanupFailed || event instanceof ProcessEvent.AlertStarted)
                .forEach(event -> OUT.println(event.severity() + " " + event));
        Runtime.getRuntime().halt(0);
    }
}
