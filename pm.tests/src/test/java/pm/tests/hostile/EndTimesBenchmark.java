package pm.tests.hostile;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Prints the README's figures of how long trees take to end. Run as root, on a machine that does nothing else. */
public final class EndTimesBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private EndTimesBenchmark() {}

    /** Runs all of it. */
    public static void main(String[] args) throws Exception {
        try (ReadableClassPath classPath = new ReadableClassPath()) {
            for (Mode mode : Mode.values()) {
                killed(classPath, mode, 1, 100);
                killed(classPath, mode, 100, 10);
                killed(classPath, mode, 1_600, 1);
                closed(classPath, mode, 2_000);
                storm(classPath, mode);
            }
        }
    }

    private static void killed(ReadableClassPath classPath, Mode mode, int trees, int processes) {
        try (ManyTrees many = new ManyTrees(classPath, mode, trees, processes, 0)) {
            print(mode, "JVM killed", trees, processes, many.killJvm());
        }
    }

    private static void closed(ReadableClassPath classPath, Mode mode, int trees) throws Exception {
        try (ManyTrees many = new ManyTrees(classPath, mode, trees, 1, 0)) {
            print(mode, "manager closed", trees, 1, many.closeManager());
        }
    }

    private static void storm(ReadableClassPath classPath, Mode mode) {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.start(classPath, mode, Program.FORK_STORM, Ending.SIGKILL, mark)) {
            jvm.awaitReady();
            long killed = System.nanoTime();
            jvm.kill();
            ManyTrees.awaitNobody(mark);
            OUT.println(mode + ", JVM killed, fork storm of 500: "
                    + Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms");
        } finally {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private static void print(Mode mode, String ending, int trees, int processes, Duration took) {
        OUT.println(mode + ", " + ending + ", " + trees + " trees of " + processes + ": " + took.toMillis() + " ms");
    }
}
