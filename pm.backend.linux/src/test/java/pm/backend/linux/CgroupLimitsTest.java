package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.Capabilities.Level;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ResourceUsage;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/** Limits that the kernel's controllers hold, whichever version of cgroups has them on this host. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class CgroupLimitsTest {
    private static final String PYTHON = "python3";
    private static final String FORKS = """
            import os
            refused = 0
            for i in range(100):
                try:
                    if os.fork() == 0:
                        os.execlp('sleep', 'sleep', '1000')
                except OSError:
                    refused += 1
            print(refused, flush=True)
            os.execlp('sleep', 'sleep', '1000')
            """;
    private final List<LimitViolation> heard = new CopyOnWriteArrayList<>();
    private TestSession session;

    @BeforeEach
    void open() throws Exception {
        session = TestSession.cgroup();
    }

    @AfterEach
    void nothingStays() throws Exception {
        String folder = session.folder().getFileName().toString();
        session.close();
        assertThat(named(folder)).isEmpty();
        assertThat(session.observer().warnings).isEmpty();
    }

    private Containment contain(Limits limits) throws BackendException {
        limits.kinds()
                .forEach(kind -> Assumptions.assumeTrue(
                        session.session().capabilities().of(kind).level() != Level.UNSUPPORTED,
                        () -> kind + ": "
                                + session.session().capabilities().of(kind).reason()));
        return session.contain(limits, heard::add);
    }

    @Test
    void theKernelKillsForWantOfMemoryAndSaysWhom() throws Exception {
        try (Containment containment = contain(Limits.none().memory(64, Limits.MIB))) {
            NativeProcess process = containment.start(TestSession.command(PYTHON, "-c", "x = bytearray(500_000_000)"));

            assertThat(status(process)).isEqualTo(new ExitStatus.Signalled(9, false));
            awaitEmpty(containment);
            LimitViolation violation = only(containment, LimitKind.MEMORY);
            assertThat(violation.victim())
                    .hasValueSatisfying(victim -> assertThat(victim.pid()).isEqualTo(process.pid()));
            assertThat(containment.usage().peakMemoryBytes().orElseThrow()).isBetween(1L << 20, 64L << 20);
        }
    }

    @Test
    void aTreeThatLostAProcessForWantOfMemoryIsEnded() throws Exception {
        try (Containment containment = contain(Limits.none().memory(64, Limits.MIB))) {
            NativeProcess process = containment.start(TestSession.shell(
                    "setsid sleep 1000 & " + PYTHON + " -c 'x = bytearray(500_000_000)' & sleep 1000"));

            assertThat(status(process)).isEqualTo(new ExitStatus.Signalled(9, false));
            awaitEmpty(containment);
            LimitViolation violation = only(containment, LimitKind.MEMORY);
            assertThat(violation.victim()).hasValueSatisfying(victim -> {
                assertThat(victim.command()).contains(PYTHON);
                assertThat(victim.pid()).isNotEqualTo(process.pid());
            });
        }
        assertThat(heard).extracting(LimitViolation::kind).contains(LimitKind.MEMORY);
    }

    @Test
    void forksBeyondTheLimitAreRefusedAndCounted() throws Exception {
        try (Containment containment = contain(Limits.none().processes(20))) {
            NativeProcess process = containment.start(TestSession.command(PYTHON, "-c", FORKS));

            assertThat(Output.line(process)).isEqualTo("81");
            assertThat(containment.members()).hasSize(20);
            await().until(() -> heard.stream().anyMatch(violation -> violation.kind() == LimitKind.PROCESSES));
            assertThat(only(containment, LimitKind.PROCESSES).times()).isEqualTo(81);
            assertThat(containment.usage().processes()).hasValue(20);
            containment.kill();
            awaitEmpty(containment);
            assertThat(only(containment, LimitKind.PROCESSES).times()).isEqualTo(81);
        }
    }

    /** Whether it gets as much shows only where nobody else wants the CPU: there the share is measured by a test of its own. */
    @Test
    void aTreeGetsNoMoreThanItsShareOfTheCpu() throws Exception {
        try (Containment containment = contain(Limits.none().cpus(0.5))) {
            containment.start(TestSession.shell("while :; do :; done & while :; do :; done"));
            // Told while the tree runs, without anybody asking.
            await().until(() -> heard.stream().anyMatch(violation -> violation.kind() == LimitKind.CPUS));
            ResourceUsage from = containment.usage();
            long start = System.nanoTime();
            await().pollDelay(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> true);
            double used = containment.usage().cpu().minus(from.cpu()).toNanos();
            double share = used / (System.nanoTime() - start);
            containment.kill();
            awaitEmpty(containment);

            assertThat(share).isBetween(0.0, 0.55);
            assertThat(only(containment, LimitKind.CPUS).detail()).startsWith("the CPU was withheld in ");
            assertThat(containment.usage().throttledShare().orElseThrow()).isBetween(0.1, 1.0);
        }
    }

    @Test
    void aLimitThatWasSetLaterIsHeardOfToo() throws Exception {
        try (Containment containment = contain(Limits.none().with(LimitKind.CPU_WEIGHT, 100))) {
            containment.start(TestSession.shell("while :; do :; done"));

            containment.updateLimits(Limits.none().cpus(0.1));

            await().until(() -> heard.stream().anyMatch(violation -> violation.kind() == LimitKind.CPUS));
            containment.kill();
            awaitEmpty(containment);
        }
    }

    @Test
    void weightsAndBandwidthsAreSet() throws Exception {
        Limits limits = Limits.none()
                .with(LimitKind.CPU_WEIGHT, 200)
                .with(LimitKind.READ_BANDWIDTH, 1 << 20)
                .with(LimitKind.READ_OPERATIONS, 100);
        try (Containment containment = contain(limits)) {
            NativeProcess process = containment.start(TestSession.shell("cat /proc/self/cgroup; exec sleep 1000"));
            Output.line(process);
            assertThat(texts("cpu.shares", "cpu.weight")).containsAnyOf("2048", "200");
            assertThat(texts("blkio.throttle.read_bps_device", "io.max")).anyMatch(text -> text.contains("1048576"));
            containment.kill();
            awaitEmpty(containment);
        }
    }

    @Test
    void limitsOfARunningTreeAreChanged() throws Exception {
        // More processes than any system has are no limit.
        try (Containment containment =
                contain(Limits.none().processes(5_000_000).memory(64, Limits.MIB))) {
            containment.start(TestSession.shell("exec sleep 1000"));
            assertThat(texts("pids.max")).containsExactly("max");

            containment.updateLimits(Limits.none().processes(7));
            containment.updateLimits(Limits.none().memory(128, Limits.MIB));
            assertThat(texts("pids.max")).containsExactly("7");
            assertThat(texts("memory.max", "memory.limit_in_bytes")).contains(Long.toString(128 << 20));
            containment.updateLimits(Limits.none().memory(32, Limits.MIB));
            assertThat(texts("memory.max", "memory.limit_in_bytes")).contains(Long.toString(32 << 20));
            assertThatThrownBy(() -> containment.updateLimits(Limits.none().with(LimitKind.NICE, 5)))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("NICE")
                    .hasMessageContaining("nothing was changed");

            containment.kill();
            awaitEmpty(containment);
        }
    }

    /** Version 2 takes whatever a group above it allows. */
    @Test
    void aLimitThatTheKernelRefusesStartsNothing() throws Exception {
        List<Path> quotas = named(session.folder().getFileName().toString()).stream()
                .map(folder -> folder.resolve("cpu.cfs_quota_us"))
                .filter(Files::exists)
                .toList();
        Assumptions.assumeFalse(quotas.isEmpty(), "needs the cpu controller of version 1");
        // Of the session's own group.
        Files.writeString(quotas.get(0), "50000");

        assertThatThrownBy(() -> contain(Limits.none().memory(64, Limits.MIB).cpus(1)))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("Could not set cpu.cfs_quota_us")
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("give fewer CPUs");
        assertThat(trees()).isEmpty();
    }

    @Test
    void figuresOfTheShortestTreesAreKept() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Containment containment =
                    contain(Limits.none().memory(64, Limits.MIB).processes(5))) {
                status(containment.start(TestSession.command("/bin/true")));
                awaitEmpty(containment);

                ResourceUsage usage = containment.usage();
                assertThat(usage.cpu()).isPositive();
                assertThat(usage.peakMemoryBytes()).isPresent();
                assertThat(containment.violations()).isEmpty();
            }
            assertThat(trees()).isEmpty();
        }
    }

    private static LimitViolation only(Containment containment, LimitKind kind) {
        return containment.violations().stream()
                .filter(violation -> violation.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** What the manager's groups of trees say in files of these names. */
    private List<String> texts(String... files) {
        return trees().stream()
                .flatMap(tree -> Stream.of(files).map(tree::resolve))
                .filter(Files::exists)
                .map(CgroupLimitsTest::text)
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Groups of trees, in every hierarchy. */
    private List<Path> trees() {
        Path manager = session.folder();
        return named(manager.getFileName().toString()).stream()
                .flatMap(folder -> children(folder.equals(manager) ? folder.resolve("run") : folder).stream())
                .toList();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Folders of that name, in every hierarchy. */
    private static List<Path> named(String name) {
        try (Stream<Path> all = Files.find(
                Path.of("/sys/fs/cgroup"),
                8,
                (path, attributes) -> attributes.isDirectory() && path.endsWith(name),
                new FileVisitOption[0])) {
            return all.toList();
        } catch (IOException | java.io.UncheckedIOException changedMeanwhile) {
            return named(name);
        }
    }

    private static ExitStatus status(NativeProcess process) throws Exception {
        return process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void awaitEmpty(Containment containment) throws Exception {
        containment.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
