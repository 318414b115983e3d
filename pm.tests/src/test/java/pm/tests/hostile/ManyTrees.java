package pm.tests.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A JVM with many trees that sleep, and how long they take to end. Closing it kills what is left. */
final class ManyTrees implements AutoCloseable {
    /** Generous: looks that cost what the machine has of processes take several times as long. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String mark = Marks.fresh();
    private final ScenarioJvm jvm;

    /**
     * Starts them, and returns when all of them run.
     *
     * @param processes of each tree
     * @param most limit of processes of each tree, 0 for none
     */
    ManyTrees(ReadableClassPath classPath, Mode mode, int trees, int processes, int most) {
        jvm = ScenarioJvm.start(
                classPath,
                mode,
                ManyTreesMain.class,
                Integer.toString(trees),
                Integer.toString(processes),
                Integer.toString(most),
                mark);
        jvm.awaitReady();
        // The shell of a tree of several does not carry the mark itself.
        int marked = trees * Math.max(1, processes - 1);
        Awaitility.await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> alive().size() >= marked);
    }

    /** Returns what lives of them. */
    List<Long> alive() {
        return Marks.alive(mark);
    }

    /** Returns the launchers that are children of the JVM. */
    List<Long> launchers() {
        return Marks.launchersOf(jvm.pid());
    }

    /** Has the JVM close its manager and exit; returns how long the manager took. */
    Duration closeManager() throws IOException, InterruptedException {
        jvm.endInput();
        Duration took = Duration.ofMillis(Long.parseLong(jvm.awaitLine("CLOSED ")));
        int status = jvm.awaitExit();
        if (status != 0) {
            throw new AssertionError("The scenario exited with " + status + ". It said:\n" + jvm.said());
        }
        return took;
    }

    /** Kills the JVM; returns how long anything of the trees lived then. */
    Duration killJvm() {
        long killed = System.nanoTime();
        jvm.kill();
        awaitNobody(mark);
        return Duration.ofNanos(System.nanoTime() - killed);
    }

    /** Waits until nobody carries the mark. */
    static void awaitNobody(String mark) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> Marks.alive(mark).isEmpty());
    }

    @Override
    public void close() {
        jvm.close();
        alive().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
