package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import pm.api.Capabilities.Level;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.spi.BackendException;
import pm.spi.Containment;

/** Each limit is what the capabilities say of it: held, approximated, or refused. */
interface LimitsContract extends Subject {
    /** Amounts that every program can live with and no privilege is needed for. */
    Map<LimitKind, Long> MODEST = Map.ofEntries(
            Map.entry(LimitKind.MEMORY, 256 * Limits.MIB),
            Map.entry(LimitKind.SWAP, 64 * Limits.MIB),
            Map.entry(LimitKind.CPUS, 1000L),
            Map.entry(LimitKind.CPU_WEIGHT, 50L),
            Map.entry(LimitKind.PROCESSES, 50L),
            Map.entry(LimitKind.READ_BANDWIDTH, 100 * Limits.MIB),
            Map.entry(LimitKind.WRITE_BANDWIDTH, 100 * Limits.MIB),
            Map.entry(LimitKind.READ_OPERATIONS, 10_000L),
            Map.entry(LimitKind.WRITE_OPERATIONS, 10_000L),
            Map.entry(LimitKind.PROCESS_MEMORY, 256 * Limits.MIB),
            Map.entry(LimitKind.AFFINITY, 1L), // CPU 0
            Map.entry(LimitKind.OPEN_FILES, 64L),
            Map.entry(LimitKind.FILE_SIZE, Limits.MIB),
            Map.entry(LimitKind.CORE_SIZE, 0L),
            Map.entry(LimitKind.NICE, 19L),
            Map.entry(LimitKind.OOM_SCORE_ADJ, 1000L));

    private Level levelOf(LimitKind kind) {
        return bench().session().capabilities().of(kind).level();
    }

    private static Limits modest(LimitKind kind) {
        return Limits.none().with(kind, MODEST.get(kind));
    }

    private static Stream<DynamicTest> forEachKind(KindTest test) {
        return Arrays.stream(LimitKind.values())
                .map(kind -> DynamicTest.dynamicTest(kind.label(), () -> test.run(kind)));
    }

    /** What is tested for each kind. */
    interface KindTest {
        void run(LimitKind kind) throws Exception;
    }

    private void assertRefused(Limits limits, LimitKind kind) {
        assertThatThrownBy(() -> bench().contain(limits, violation -> {}))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("Could not ")
                .hasMessageContaining(kind.label());
    }

    @TestFactory
    default Stream<DynamicTest> aLimitIsAcceptedOrRefusedAsTheCapabilitiesSay() {
        return forEachKind(kind -> {
            if (levelOf(kind) == Level.UNSUPPORTED) {
                assertRefused(modest(kind), kind);
                return;
            }
            Request request = Request.of(programs().prints("ran"));
            try (Tree tree = bench().start(request, modest(kind), violation -> {})) {
                assertThat(new String(tree.output().all(), StandardCharsets.UTF_8))
                        .isEqualTo("ran");
                assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            }
        });
    }

    @TestFactory
    default Stream<DynamicTest> aLimitOfARunningTreeIsChangedOrTheRefusalSaysWhy() {
        return forEachKind(kind -> {
            Level level = levelOf(kind);
            Limits atBirth = level == Level.UNSUPPORTED ? Limits.none() : modest(kind);
            Limits changed = Limits.none().with(kind, Math.max(kind.least(), MODEST.get(kind) / 2));
            try (Tree tree = bench().start(Request.of(programs().sleeps()), atBirth, violation -> {})) {
                if (kind.isInherited() || level == Level.UNSUPPORTED) {
                    assertChangeRefused(tree.containment(), changed, kind);
                } else if (level == Level.ENFORCED) {
                    tree.containment().updateLimits(changed);
                    tree.containment().updateLimits(modest(kind));
                } else {
                    changeIfPossible(tree.containment(), changed, kind);
                }
                assertThat(lives(tree.leader().pid())).isTrue();
            }
        });
    }

    private static void assertChangeRefused(Containment containment, Limits changed, LimitKind kind) {
        assertThatThrownBy(() -> containment.updateLimits(changed))
                .isInstanceOf(BackendException.class)
                .satisfies(refusal -> assertNamed(refusal, kind));
    }

    private static void assertNamed(Throwable refusal, LimitKind kind) {
        assertThat(refusal).hasMessageStartingWith("Could not ");
        assertThat(refusal.getMessage()).containsAnyOf(kind.label(), kind.name());
    }

    private static void changeIfPossible(Containment containment, Limits changed, LimitKind kind) {
        try {
            containment.updateLimits(changed);
        } catch (BackendException refused) {
            assertNamed(refused, kind);
        }
    }

    @Test
    default void moreMemoryThanALimitAllowsIsNotHad() throws Exception {
        assertNotHad(LimitKind.MEMORY);
    }

    @Test
    default void moreMemoryThanAProcessMayHaveIsNotHad() throws Exception {
        assertNotHad(LimitKind.PROCESS_MEMORY);
    }

    private void assertNotHad(LimitKind memory) throws Exception {
        Limits limits = Limits.none().with(memory, 32 * Limits.MIB);
        if (levelOf(memory) == Level.UNSUPPORTED) {
            assertRefused(limits, memory);
            return;
        }
        Request request = Request.of(programs().wantsMemory(128 * Limits.MIB));
        assertThat(new String(bench().bytesOf(request), StandardCharsets.UTF_8)).isNotBlank();

        Queue<LimitViolation> heard = new ConcurrentLinkedQueue<>();
        try (Tree tree = bench().start(request, limits, heard::add)) {
            Output output = tree.output();
            Patience.until(
                    "that a tree which wants too much memory ends, or is told of",
                    () -> tree.containment().isEmpty() || !heard.isEmpty());
            tree.containment().kill();
            assertThat(output.text())
                    .as("what it prints when it was given the memory")
                    .isEmpty();
        }
        assertThat(heard).extracting(LimitViolation::kind).allMatch(memory::equals);
    }

    @Test
    default void moreProcessesThanALimitAllowsAreRefusedOrTold() throws Exception {
        int most = 5;
        Limits limits = Limits.none().processes(most);
        Level level = levelOf(LimitKind.PROCESSES);
        if (level == Level.UNSUPPORTED) {
            assertRefused(limits, LimitKind.PROCESSES);
            return;
        }
        Queue<LimitViolation> heard = new ConcurrentLinkedQueue<>();
        Request request = Request.of(programs().startsChildren(4 * most));
        try (Tree tree = bench().start(request, limits, heard::add)) {
            if (level == Level.ENFORCED) {
                Output output = tree.output();
                Patience.until(
                        "that it has tried to start them all",
                        () -> output.size() > 0
                                || tree.leader().exit().toCompletableFuture().isDone());
                assertThat(tree.containment().members()).hasSizeLessThanOrEqualTo(most);
            } else {
                Patience.until("that too many processes are told of", () -> !heard.isEmpty());
                List<LimitViolation> met = tree.containment().violations();
                assertThat(met).extracting(LimitViolation::kind).containsExactly(LimitKind.PROCESSES);
            }
        }
        assertThat(heard).extracting(LimitViolation::kind).allMatch(LimitKind.PROCESSES::equals);
    }
}
