package pm.tests.hostile;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import pm.api.Cause;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;

/** One scenario: {@code PROGRAM ENDING MARK}. Prints {@code READY containment} when the program is at work; exits 0 when all went as it should. */
public final class ScenarioMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    /** Short waits: what ignores SIGTERM is to be killed soon. JMX would be a sixth of what a scenario costs. */
    private static final Settings SETTINGS = Settings.none()
            .with(Setting.TERMINATE_WAIT, Duration.ofMillis(300))
            .with(Setting.KILL_WAIT, Duration.ofSeconds(15))
            .with(Setting.GRACEFUL_TIMEOUT, Duration.ofMillis(400))
            .with(Setting.DEFAULT_TIMEOUT, Duration.ofSeconds(100))
            .with(Setting.JMX, false);

    private ScenarioMain() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws Exception {
        Program program = Program.valueOf(args[0]);
        Ending ending = Ending.valueOf(args[1]);
        String mark = args[2];
        // Closed by the ending, or on purpose by nobody: then the shutdown hook, the guard or the launcher has to do
        // it.
        @SuppressWarnings("resource")
        ProcessManager manager = ProcessManagers.open(PmApi.VERSION, SETTINGS);
        manager.backend().facts().forEach(OUT::println);
        manager.listen(ScenarioMain::report);
        ProcessSpec spec = program.spec(mark);
        ManagedProcess process = manager.spawn(ending == Ending.TIMEOUT ? spec.timeout(Duration.ofSeconds(4)) : spec);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(program.name().endsWith("STORM") ? 200 : 20))
                .atMost(Duration.ofSeconds(90))
                .until(() -> Marks.alive(mark).size() >= program.marked() || !process.isAlive());
        OUT.println("READY " + manager.backend().containment());
        if (!process.isAlive() && ending != Ending.TIMEOUT) {
            throw new AssertionError("the program has ended by itself: " + process.await());
        }
        end(ending, manager, process);
    }

    /** Says how the manager was closed: by the shutdown hook this JVM says it last. */
    private static void report(ProcessEvent event) {
        if (event instanceof ProcessEvent.CleanedUp cleaned) {
            OUT.println("CLEANED UP " + cleaned.cause());
        } else if (event instanceof ProcessEvent.ManagerClosed closed) {
            OUT.println("CLOSED with " + closed.ended() + " ended and " + closed.failed() + " failed");
        }
    }

    private static void end(Ending ending, ProcessManager manager, ManagedProcess process) throws Exception {
        switch (ending) {
            case SCOPE_ENDS -> {
                process.close();
                expect(process.await(), Cause.STOPPED);
                manager.close();
            }
            case EXCEPTION_IN_SCOPE -> {
                try (manager;
                        process) {
                    throw new IllegalStateException("in scope");
                } catch (IllegalStateException expected) {
                    expect(process.await(), Cause.STOPPED);
                }
            }
            case TIMEOUT -> {
                expect(process.await(), Cause.TIMED_OUT);
                manager.close();
            }
            case CLOSED_BY_ANOTHER_THREAD -> {
                Thread closer = new Thread(process::close, "closer");
                closer.start();
                expect(process.await(), Cause.STOPPED);
                closer.join();
                manager.close();
            }
            case MAIN_RETURNS -> OUT.println("main returns");
            case SYSTEM_EXIT -> System.exit(0);
            case RUNTIME_HALT -> Runtime.getRuntime().halt(0);
            default -> new CountDownLatch(1).await(); // the test ends this JVM
        }
    }

    private static void expect(ProcessResult result, Cause cause) {
        if (result.cause() != cause || !result.cleanup().proven()) {
            throw new AssertionError("expected a proven end by " + cause + ", but it was " + result);
        }
    }
}
