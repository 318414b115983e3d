package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import pm.api.Signal;

/** Trees that are stopped and go on. */
interface SuspensionContract extends Subject {
    /** Many times what passes between two ticks. */
    Duration SILENCE = Duration.ofMillis(500);

    @Test
    default void aSuspendedTreeDoesNothingUntilItIsResumed() throws Exception {
        needs(Ability.SUSPENSION);
        try (Tree tree = bench().start(programs().ticks())) {
            Output output = tree.output();
            awaitMore(output);
            tree.containment().suspend();
            awaitSilence(output);
            assertThat(tree.containment().isEmpty()).isFalse();
            tree.containment().resume();
            awaitMore(output);
        }
    }

    private static void awaitMore(Output output) {
        int before = output.size();
        Patience.until("more output", () -> output.size() > before);
    }

    private static void awaitSilence(Output output) {
        AtomicInteger size = new AtomicInteger(output.size());
        Patience.untilItIsSoFor(SILENCE, "no more output", () -> size.getAndSet(output.size()) == output.size());
    }

    @Test
    default void aSuspendedTreeIsKilled() throws Exception {
        needs(Ability.SUSPENSION);
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = tree.printedPids(3);
            tree.containment().suspend();
            tree.containment().kill();
            tree.awaitEmpty();
            assertGone(pids);
        }
    }

    @Test
    default void aSuspendedTreeHearsTheStopSignal() throws Exception {
        needs(Ability.SUSPENSION);
        needs(Ability.TERMINATION);
        try (Tree tree = bench().start(programs().tellsOfStopSignal())) {
            Output output = tree.output();
            output.lines(3);
            tree.containment().suspend();
            awaitSilence(output);
            tree.containment().terminate(Signal.TERM);
            tree.awaitEmpty();
            assertThat(output.text().lines().skip(3)).containsExactlyInAnyOrder("program", "child", "detached");
        }
    }
}
