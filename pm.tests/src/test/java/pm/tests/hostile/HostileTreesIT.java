package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.testing.GroupFolders;

/**
 * Trees drawn at random: whatever they do, and however they and their JVM end, nothing lives afterwards, as a control group says that pm
 * does not know, and no group of pm is left.
 *
 * <p>{@code pm.test.trees.seconds} is how long plans are drawn, a minute without it; {@code pm.test.trees.seed} is the seed of the first
 * plan. A failure names the seed of its plan: with it and 0 seconds that plan alone is tried again.
 */
@EnabledOnOs(OS.LINUX)
class HostileTreesIT {
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("pm.test.trees.seconds", 60));
    private static final Duration SOON = Duration.ofSeconds(40);

    @Test
    void nothingIsLeftOfTreesDrawnAtRandom() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root: to make control groups, and to become another user");
        long seed = Long.getLong("pm.test.trees.seed", new Random().nextLong());
        System.out.println("HostileTreesIT: the first seed is " + seed);
        long begin = System.nanoTime();
        int plans = 0;
        int trees = 0;
        try (ReadableClassPath classPath = new ReadableClassPath()) {
            Path script = script(classPath.folder());
            do {
                HostilePlan plan = HostilePlan.of(seed);
                tryOut(plan, classPath, script);
                seed = new Random(seed).nextLong();
                plans++;
                trees += plan.trees().size();
            } while (System.nanoTime() - begin < LONG.toNanos());
        }
        System.out.println("HostileTreesIT: " + plans + " plans with " + trees + " trees");
    }

    private static Path script(Path folder) throws IOException {
        Path script = folder.resolve("hostile-tree.py");
        try (InputStream in = Objects.requireNonNull(HostileTreesIT.class.getResourceAsStream("hostile-tree.py"))) {
            Files.copy(in, script);
        }
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void tryOut(HostilePlan plan, ReadableClassPath classPath, Path script) throws Exception {
        String name = String.format(
                Locale.ROOT, "hostile-trees-%d-%x", ProcessHandle.current().pid(), plan.seed());
        try (UnknownGroups groups = new UnknownGroups(name)) {
            try {
                run(plan, groups, classPath, script);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        plan + "\nTry it again: -Dpm.test.trees.seconds=0 -Dpm.test.trees.seed=" + plan.seed()
                                + "\nAlive: " + groups.living() + "\n" + e.getMessage(),
                        e);
            }
        }
    }

    private static void run(HostilePlan plan, UnknownGroups groups, ReadableClassPath classPath, Path script)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                plan.mode() == Mode.CGROUP ? "cgroup" : "supervision",
                script.toString(),
                plan.jvmEnding().name()));
        plan.trees().forEach(tree -> {
            arguments.add("--");
            arguments.addAll(tree.arguments());
        });
        try (ScenarioJvm jvm = ScenarioJvm.start(
                groups.entrance(), classPath, plan.mode(), HostileTreesMain.class, arguments.toArray(String[]::new))) {
            String folder = "pm." + jvm.awaitReady();
            if (plan.jvmEnding().isFromOutside()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(plan.pauseMillis()));
                endFromOutside(plan, jvm);
            }
            jvm.awaitExit();
            String said = jvm.said();
            if (plan.mayLoseItsGuard()) {
                openAndCloseAnother(groups, classPath, script);
            } else {
                assertThat(said).doesNotContain("Exception in thread");
            }
            assertThat(said).doesNotContain("TROUBLE");
            Awaitility.await().pollDelay(Duration.ZERO).atMost(SOON).untilAsserted(() -> {
                assertThat(groups.living()).as("alive; the JVM said: %s", said).isEmpty();
                assertThat(GroupFolders.named(folder))
                        .as("groups; the JVM said: %s", said)
                        .isEmpty();
            });
        }
    }

    /** From where the dead one was: that is where a manager looks for what others have left. */
    private static void openAndCloseAnother(UnknownGroups groups, ReadableClassPath classPath, Path script)
            throws Exception {
        String ending = HostilePlan.JvmEnding.CLOSE.name();
        groups.makeRoom();
        try (ScenarioJvm next = ScenarioJvm.start(
                groups.entrance(),
                classPath,
                Mode.CGROUP,
                HostileTreesMain.class,
                "cgroup",
                script.toString(),
                ending)) {
            assertThat(next.awaitExit()).as(next::said).isZero();
        }
    }

    private static void endFromOutside(HostilePlan plan, ScenarioJvm jvm) {
        if (plan.jvmEnding() == HostilePlan.JvmEnding.SIGKILL_WITH_GUARD) {
            Marks.launchersOf(jvm.pid())
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        if (plan.jvmEnding() == HostilePlan.JvmEnding.SIGTERM) {
            jvm.signal("TERM");
        } else {
            jvm.kill();
        }
    }
}
