package pm.core;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import pm.api.Health;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.StopPolicy;

/** A manager for each test, with short waits, and what it told. */
abstract class Managed {
    static final Duration SHORT = Duration.ofMillis(200);
    /** The common wait when the manager closes: not the wait of one tree, so that a test sees which of them is used. */
    static final Duration COMMON = Duration.ofMillis(350);

    static final Duration LONG = Duration.ofSeconds(60);

    final BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
    ProcessManager pm;

    @BeforeEach
    void open() {
        pm = ProcessManagers.open(PmApi.VERSION, settings());
        pm.listen(events::add);
    }

    Settings settings() {
        return Settings.none()
                .with(Setting.TERMINATE_WAIT, SHORT)
                .with(Setting.GRACEFUL_TIMEOUT, COMMON)
                .with(Setting.MAX_PROCESSES, 30);
    }

    @AfterEach
    void close() {
        pm.close();
    }

    static ProcessSpec sh(String script) {
        return ProcessSpec.of("sh", "-c", script);
    }

    static StopPolicy patient() {
        return StopPolicy.defaults().terminateWait(LONG);
    }

    /** Waits for an event of this kind. */
    <E extends ProcessEvent> E event(Class<E> kind, Predicate<E> predicate) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (true) {
            ProcessEvent event = events.poll(deadline - System.nanoTime(), NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " within " + LONG);
            }
            if (kind.isInstance(event) && predicate.test(kind.cast(event))) {
                return kind.cast(event);
            }
        }
    }

    /** One check of the manager's health, made now. */
    Health.Check check(String name) {
        return pm.health().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the process lives; a zombie does not. */
    static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Pids that a script has written to its output, one a line. */
    static List<Long> pids(String output) {
        return output.lines().map(String::strip).map(Long::valueOf).toList();
    }

    static void join(Thread thread) throws InterruptedException {
        thread.join(SECONDS.toMillis(20));
        if (thread.isAlive()) {
            throw new AssertionError(thread + " did not end");
        }
    }
}
