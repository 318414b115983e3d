package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.Cause;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;
import pm.testing.GroupFolders;

/** Many spawns leave nothing behind in any hierarchy of control groups, also when the JVM is killed in the midst of them. */
@EnabledOnOs(OS.LINUX)
class StormIT {
    /** On other JDKs than 17 a part of them: what they make is the kernel's. */
    private static final boolean ALL = Runtime.version().feature() == 17;

    private static final int SPAWNS = ALL ? 10_000 : 2_000;
    /** Each in a JVM of its own. */
    private static final int MOMENTS = ALL ? 200 : 40;

    private static final int BESIDE_EACH_OTHER = 4;
    private static final long LONGEST_STORM_NANOS = Duration.ofMillis(400).toNanos();
    private static final Limits LIMITS = Limits.none()
            .memory(64, Limits.MIB)
            .processes(50)
            .cpus(1)
            .with(LimitKind.READ_BANDWIDTH, Limits.GIB)
            .bestEffort(true);

    @BeforeEach
    void needsGroups() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root: to make control groups");
    }

    @Test
    void thousandsOfSpawnsLeaveNoFolder() throws Exception {
        String folder;
        try (ProcessManager manager =
                ProcessManagers.open(PmApi.VERSION, Settings.none().with(Setting.CONTAINMENT, "cgroup"))) {
            folder = "pm." + manager.instanceId();
            assertThat(GroupFolders.named(folder)).isNotEmpty();
            together(SPAWNS, number -> {
                ProcessResult result = manager.run(spec(number));
                assertThat(result.cause()).isEqualTo(Cause.EXITED);
                assertThat(result.cleanup().proven()).isTrue();
            });
            assertThat(trees(folder)).isEmpty();
        }
        assertThat(GroupFolders.named(folder)).isEmpty();
    }

    private static ProcessSpec spec(long number) {
        ProcessSpec spec = ProcessSpec.of("/bin/true").stdin(Stdio.discard()).stdout(Stdio.discard());
        return number % 4 == 0 ? spec.limits(LIMITS) : spec;
    }

    /** Groups of trees, in every hierarchy: below {@code run} in version 2, at once in version 1. */
    private static List<Path> trees(String manager) {
        List<Path> trees = new ArrayList<>();
        for (Path folder : GroupFolders.named(manager)) {
            for (Path below : GroupFolders.below(folder)) {
                if (below.endsWith("run")) {
                    trees.addAll(GroupFolders.below(below));
                } else if (!below.endsWith("guard")) {
                    trees.add(below);
                }
            }
        }
        return trees;
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void aJvmKilledAtAnyMomentLeavesNothingAfterTheNextOpen() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("StormIT: the seed of the moments is " + seed);
        try (ReadableClassPath classPath = new ReadableClassPath()) {
            AtomicLong spawns = new AtomicLong();
            together(
                    MOMENTS,
                    number ->
                            spawns.addAndGet(killAtSomeMoment(classPath, new Random(seed + number), number % 2 == 0)));
            assertThat(spawns).as("spawns of all storms").hasPositiveValue();
        }
    }

    /**
     * With its guard killed just before it, the JVM leaves everything to the next manager.
     *
     * @return how many spawns the storm had
     */
    private static long killAtSomeMoment(ReadableClassPath classPath, Random random, boolean guardToo)
            throws Exception {
        String mark = Marks.fresh();
        try (ScenarioJvm jvm = ScenarioJvm.start(classPath, Mode.CGROUP, StormMain.class, mark)) {
            String folder = "pm." + jvm.awaitReady();
            LockSupport.parkNanos(random.nextLong(LONGEST_STORM_NANOS));
            if (guardToo) {
                Marks.launchersOf(jvm.pid())
                        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            }
            jvm.kill();
            String said = jvm.said();
            if (!guardToo) {
                // Else launchers were killed too that were about to start something.
                assertThat(said).doesNotContain("Exception in thread");
            }
            ProcessManagers.open(PmApi.VERSION).close();
            // A guard that was at work when the next manager opened holds the lock, and goes on.
            Awaitility.await("nothing of " + folder + " is left")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> {
                        assertThat(Marks.alive(mark)).isEmpty();
                        assertThat(GroupFolders.named(folder)).isEmpty();
                    });
            return said.lines().filter(StormMain.SPAWNED::equals).count();
        } finally {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private interface Act {
        void run(long number) throws Exception;
    }

    private static void together(int count, Act act) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(BESIDE_EACH_OTHER);
        try {
            List<Future<?>> acts = new ArrayList<>();
            LongStream.range(0, count)
                    .forEach(number -> acts.add(threads.submit(() -> {
                        act.run(number);
                        return null;
                    })));
            for (Future<?> done : acts) {
                done.get(15, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
