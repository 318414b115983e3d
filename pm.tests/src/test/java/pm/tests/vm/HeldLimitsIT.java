package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.Capabilities.Level;
import pm.api.Cause;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.SpawnException;

/** What each limit does to a tree that wants more. One test at a time: the machine has one processor. */
class HeldLimitsIT extends ManagerHere {
    /** User-Mode Linux 6.12 ends with a fault of its own when a fork fails for want of memory. */
    static final String FEW_PAGES = "few-pages";

    private static final String SPINNING_TWO = "while :; do :; done & while :; do :; done";

    @TempDir
    Path folder;

    static Stream<LimitKind> held() {
        return Arrays.stream(LimitKind.values()).filter(kind -> Mode.current().level(kind) == Level.ENFORCED);
    }

    @ParameterizedTest
    @MethodSource("held")
    void held(LimitKind kind) throws Exception {
        switch (kind) {
            case MEMORY -> memory();
            case SWAP -> swap();
            case CPUS -> cpus();
            case CPU_WEIGHT -> cpuWeight();
            case PROCESSES -> processes();
            case PROCESS_MEMORY ->
                assertThat(each("ulimit -Hv", Limits.none().with(kind, 256 * Limits.MIB)))
                        .containsOnly("262144");
            case AFFINITY -> throw new AssertionError("a process may take it back");
            case OPEN_FILES ->
                assertThat(each("ulimit -Hn", Limits.none().with(kind, 50))).containsOnly("50");
            case FILE_SIZE -> fileSize();
            case CORE_SIZE ->
                assertThat(each("ulimit -Hc", Limits.none().with(kind, 0))).containsOnly("0");
            case NICE -> assertThat(each("nice", Limits.none().with(kind, 5))).containsOnly("5");
            case OOM_SCORE_ADJ ->
                assertThat(each("cat /proc/self/oom_score_adj", Limits.none().with(kind, 500)))
                        .containsOnly("500");
            case READ_BANDWIDTH -> slowed(kind, Limits.MIB, "if=/dev/ubda of=/dev/null iflag=direct bs=64k count=24");
            case WRITE_BANDWIDTH -> slowed(kind, Limits.MIB, "if=/dev/zero of=/dev/ubda oflag=direct bs=64k count=24");
            case READ_OPERATIONS -> slowed(kind, 50, "if=/dev/ubda of=/dev/null iflag=direct bs=4k count=75");
            case WRITE_OPERATIONS -> slowed(kind, 50, "if=/dev/zero of=/dev/ubda oflag=direct bs=4k count=75");
        }
    }

    /** Not in a scope, where the limit holds for the launcher too: with it the kernel kills who knows how the command ended. */
    static LongStream pages() {
        return Mode.current().holder() == Mode.Holder.CGROUP && Mode.current().level(LimitKind.MEMORY) == Level.ENFORCED
                ? LongStream.of(1, 4, 16, 32, 64, 128, 256)
                : LongStream.empty();
    }

    /** The kernel kills what asks for more, which may be the launcher before the command runs: a start that fails, or a tree that ends. */
    @Tag(FEW_PAGES)
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("pages")
    void memoryOfAFewPages(long pages) throws Exception {
        ProcessSpec spec =
                shell("exit 3").limits(Limits.none().memory(pages * 4096, 1)).timeout(Duration.ofSeconds(60));
        try {
            ProcessResult result = manager.run(spec);
            assertThat(result.cause()).isIn(Cause.OUT_OF_MEMORY, Cause.EXITED);
            assertThat(result.exit().shellCode()).isEqualTo(result.cause() == Cause.EXITED ? 3 : 128 + 9);
            assertThat(result.cleanup().proven()).isTrue();
            assertThat(result.violations())
                    .flatExtracting(violation -> violation.victim().stream().toList())
                    .allMatch(victim -> victim.command().startsWith("sh"));
        } catch (SpawnException e) {
            assertThat(e).hasMessageContaining("memory");
        }
        assertThat(manager.active()).isEmpty();
    }

    /** What the leader prints, and what a detached child of it does. */
    private List<String> each(String question, Limits limits) throws Exception {
        ProcessResult result = manager.run(
                shell(question + "; setsid sh -c '" + question + "'").limits(limits));
        List<String> answers = output(result).lines().toList();
        assertThat(answers).hasSize(2);
        return answers;
    }

    /** The kernel ends the whole tree, not only whom it chose. */
    private void memory() throws Exception {
        ProcessResult result = manager.run(shell("python3 -c 'x=bytearray(500_000_000)'; echo survived")
                .limits(Limits.none().memory(64, Limits.MIB)));
        assertThat(result.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        assertThat(result.exit().shellCode()).isEqualTo(137);
        assertThat(output(result)).isEmpty();
        LimitViolation violation = only(result);
        assertThat(violation.kind()).isEqualTo(LimitKind.MEMORY);
        assertThat(violation.victim())
                .as("root may read the kernel's log")
                .isPresent()
                .get()
                .extracting(LimitViolation.Victim::command)
                .asString()
                .as("not the shell, whose arguments name it too")
                .startsWith("python3");
        assertThat(result.usage().peakMemoryBytes().orElseThrow()).isBetween(50 * Limits.MIB, 64 * Limits.MIB);
    }

    private void swap() {
        Limits limits = Limits.none().memory(64, Limits.MIB).swap(1, Limits.MIB);
        try (ManagedProcess process =
                manager.spawn(ProcessSpec.of("sleep", "1000").limits(limits))) {
            assertThat(setting(process, "memory.swap.max")).isEqualTo(Long.toString(Limits.MIB));
        }
        try (ManagedProcess process = manager.spawn(
                ProcessSpec.of("sleep", "1000").limits(Limits.none().memory(64, Limits.MIB)))) {
            assertThat(setting(process, "memory.swap.max")).isEqualTo("0");
        }
    }

    private void cpus() throws Exception {
        ProcessResult result =
                manager.run(shell(SPINNING_TWO).limits(Limits.none().cpus(0.5)).timeout(Duration.ofSeconds(5)));
        assertThat((double) result.usage().cpu().toMillis() / result.duration().toMillis())
                .isBetween(0.05, 0.55);
        assertThat(result.usage().throttledShare().orElseThrow()).isGreaterThan(0.5);
        assertThat(only(result).kind()).isEqualTo(LimitKind.CPUS);
    }

    /** Two trees want the one processor. */
    private void cpuWeight() throws Exception {
        ProcessSpec spinning = ProcessSpec.of("sh", "-c", "while :; do :; done").timeout(Duration.ofSeconds(60));
        try (ManagedProcess little = manager.spawn(spinning.limits(Limits.none().with(LimitKind.CPU_WEIGHT, 100)));
                ManagedProcess much =
                        manager.spawn(spinning.limits(Limits.none().with(LimitKind.CPU_WEIGHT, 800)))) {
            Duration littleBefore = little.usage().cpu();
            Duration muchBefore = much.usage().cpu();
            assertThat(much.await(Duration.ofSeconds(4))).isEmpty();
            double ratio = (double) much.usage().cpu().minus(muchBefore).toMillis()
                    / little.usage().cpu().minus(littleBefore).toMillis();
            assertThat(ratio).isBetween(5.0, 11.0);
        }
    }

    private void processes() throws Exception {
        String bomb =
                "my $n = 1; for (1..60) { my $p = fork; last if !defined $p; if (!$p) { setpgrp; sleep 60; exit } $n++ } print $n";
        ProcessResult result = manager.run(
                shell("exec perl -e '" + bomb + "'").limits(Limits.none().processes(20)));
        assertThat(output(result)).isEqualTo("20");
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
        assertThat(only(result).kind()).isEqualTo(LimitKind.PROCESSES);
        assertThat(only(result).times()).isPositive();
        try (ManagedProcess process = manager.spawn(
                ProcessSpec.of("sleep", "1000").limits(Limits.none().processes(20)))) {
            process.updateLimits(Limits.none().processes(5));
            // A scope holds the tree's launcher too.
            assertThat(setting(process, "pids.max")).isEqualTo(mode.holder() == Mode.Holder.SCOPES ? "6" : "5");
        }
    }

    /** Twice one and a half times of what is allowed in a second, by the leader and by a detached child: together they may not be faster. */
    private void slowed(LimitKind kind, long perSecond, String copying) throws Exception {
        ProcessSpec both = shell("setsid dd " + copying + " & dd " + copying + "; wait");
        assertThat(manager.run(both).duration()).isLessThan(Duration.ofSeconds(1));
        assertThat(manager.run(both.limits(Limits.none().with(kind, perSecond))).duration())
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    private void fileSize() throws Exception {
        Path file = folder.resolve("file");
        ProcessResult result = manager.run(shell("exec head -c 2000000 /dev/zero > " + file)
                .limits(Limits.none().with(LimitKind.FILE_SIZE, Limits.MIB)));
        assertThat(result.isSuccess()).isFalse();
        assertThat(Files.size(file)).isEqualTo(Limits.MIB);
    }

    private static LimitViolation only(ProcessResult result) {
        assertThat(result.violations()).as(result::toString).hasSize(1);
        return result.violations().get(0);
    }

    /** In the process's group, or the nearest above it where there is a limit. */
    private static String setting(ManagedProcess process, String file) {
        for (Path group = ControlGroups.of(process.pid());
                !group.equals(ControlGroups.ROOT);
                group = group.getParent()) {
            if (Files.exists(group.resolve(file))) {
                String text = ControlGroups.read(group.resolve(file)).strip();
                if (!text.equals("max")) {
                    return text;
                }
            }
        }
        return "max";
    }
}
