package pm.backend.linux.launcher;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.OutputPump;

/** What a session has, for tests of its parts. */
public final class Workbench implements AutoCloseable {
    /** Another in each JVM: what is left of a tree is found by it, also by tests in other JVMs at the same time. */
    public static final String INSTANCE = "workbench-" + UUID.randomUUID();

    /** In the environment of all that is started, so that the leak check finds what is left. */
    public static final Map<String, String> MARKS =
            Map.of("PM_INSTANCE_ID", INSTANCE, "PM_PROCESS_ID", "1", "PM_TEST_SESSION", testSession());

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final ExitWatcher exits;
    private final OutputPump pump;
    private final LauncherBinary binary;
    private final Launching launching;

    private final Set<ProcessHandle> childrenBefore =
            ProcessHandle.current().children().collect(Collectors.toSet());

    public Workbench() throws Exception {
        // What is waited for takes milliseconds, but not on a machine that is busy with other tests.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        exits = ExitWatcher.start("workbench", warnings::add);
        pump = OutputPump.start("workbench", new Epoll(), warnings::add);
        binary = LauncherBinary.open(Optional.empty());
        launching = Launching.open(binary, exits, pump);
    }

    private static String testSession() {
        return Optional.ofNullable(System.getenv("PM_TEST_SESSION")).orElse("none");
    }

    public Launching launching() {
        return launching;
    }

    public ExitWatcher exits() {
        return exits;
    }

    public Queue<String> warnings() {
        return warnings;
    }

    /** Once all that was started is reaped: a launcher ends a moment after its command. */
    @Override
    public void close() {
        await().until(() -> ProcessHandle.current().children().allMatch(childrenBefore::contains));
        exits.close();
        pump.close();
        launching.close();
        binary.close();
    }
}
