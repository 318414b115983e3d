package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends as many trees as the README names, with a generous limit; how long that takes is what {@link EndTimesBenchmark} prints. */
@EnabledOnOs(OS.LINUX)
@Isolated
class ManyTreesIT {
    private static final int CLOSED = 2_000;
    private static final int KILLED = 1_600;
    private static final int COUNTED = 100;
    private static final Duration OBSERVED = Duration.ofSeconds(10);

    private static ReadableClassPath classPath;

    @BeforeAll
    static void copyClassPath() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root: to make control groups, and to become another user");
        classPath = new ReadableClassPath();
    }

    @AfterAll
    static void removeClassPath() throws IOException {
        if (classPath != null) {
            classPath.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aManagerEndsThousandsOfTrees(Mode mode) throws Exception {
        try (ManyTrees trees = new ManyTrees(classPath, mode, CLOSED, 1, 0)) {
            assertThat(trees.closeManager()).isLessThan(ManyTrees.PATIENCE);
            assertThat(trees.alive()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void nothingIsLeftOfThousandsOfTreesOfAKilledJvm(Mode mode) {
        try (ManyTrees trees = new ManyTrees(classPath, mode, KILLED, 1, 0)) {
            assertThat(trees.killJvm()).isLessThan(ManyTrees.PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void nothingIsLeftOfAHundredTreesOfTenOfAKilledJvm(Mode mode) {
        try (ManyTrees trees = new ManyTrees(classPath, mode, 100, 10, 0)) {
            assertThat(trees.killJvm()).isLessThan(ManyTrees.PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void nothingIsLeftOfATreeOfAHundredOfAKilledJvm(Mode mode) {
        try (ManyTrees trees = new ManyTrees(classPath, mode, 1, 100, 0)) {
            assertThat(trees.killJvm()).isLessThan(ManyTrees.PATIENCE);
        }
    }

    /** Processor time does not grow with the load of the machine; the budget is a fiftieth of the time. */
    @Test
    void countingTheProcessesOfManyTreesTakesLittleTime() throws Exception {
        try (ManyTrees trees = new ManyTrees(classPath, Mode.SUPERVISION, COUNTED, 10, 50)) {
            List<Long> launchers = trees.launchers();
            assertThat(launchers).hasSizeGreaterThanOrEqualTo(COUNTED);
            Duration before = processorTime(launchers);
            long begin = System.nanoTime();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(ManyTrees.PATIENCE)
                    .until(() -> System.nanoTime() - begin > OBSERVED.toNanos());
            Duration used = processorTime(launchers).minus(before);
            Duration observed = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(used).isLessThan(observed.dividedBy(25));
        }
    }

    /** The first number of each schedstat: nanoseconds on a processor (sched-stats.rst). */
    private static Duration processorTime(List<Long> pids) throws IOException {
        long nanos = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "schedstat"));
            nanos += Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        }
        return Duration.ofNanos(nanos);
    }
}
