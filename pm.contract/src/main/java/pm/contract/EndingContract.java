package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pm.api.ExitStatus;
import pm.api.Signal;

/** How trees are ended: by a stop signal that all of them hear, or by a kill that nothing survives. */
interface EndingContract extends Subject {
    @Test
    default void theStopSignalReachesEveryProcessAlsoStoppedAndDetachedOnes() throws Exception {
        needs(Ability.TERMINATION);
        try (Tree tree = bench().start(programs().tellsOfStopSignal())) {
            Output output = tree.output();
            assertThat(output.lines(3)).containsExactly("ready", "ready", "ready");
            tree.containment().terminate(Signal.TERM);
            tree.awaitEmpty();
            assertThat(output.text().lines().skip(3)).containsExactlyInAnyOrder("program", "child", "detached");
        }
    }

    @Test
    default void aKillEndsWhatDoesNotHeedTheStopSignal() throws Exception {
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = tree.printedPids(3);
            tree.containment().terminate(Signal.TERM);
            assertThat(tree.containment().isEmpty()).isFalse();
            tree.containment().kill();
            tree.awaitEmpty();
            assertGone(pids);
            assertThat(tree.containment().members()).isEmpty();
        }
    }

    @Test
    default void theStatusTellsOfTheKill() throws Exception {
        needs(Ability.SIGNALS);
        try (Tree tree = bench().start(programs().stubborn())) {
            tree.printedPids(3);
            tree.containment().kill();
            assertThat(tree.awaitExit())
                    .isEqualTo(new ExitStatus.Signalled(programs().number(Signal.KILL), false));
        }
    }

    @Test
    default void aKillEndsWhatIsForkedMeanwhile() throws Exception {
        try (Tree tree = bench().start(programs().keepsForking())) {
            Patience.until(
                    "a crowd of processes", () -> tree.containment().members().size() > 10);
            List<Long> some = tree.memberPids();
            tree.containment().kill();
            tree.awaitEmpty();
            assertGone(some);
            assertThat(tree.containment().members()).isEmpty();
        }
    }

    @Test
    default void theLastResortEndsATreeOrSaysWhyNot() throws Exception {
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = tree.printedPids(3);
            Optional<String> reason = tree.containment().lastResort();
            if (reason.isPresent()) {
                assertThat(reason).get().asString().isNotBlank();
            } else {
                tree.awaitEmpty();
                assertGone(pids);
            }
        }
    }

    @Test
    default void whatHasEndedCanBeEndedAgain() throws Exception {
        try (Tree tree = bench().start(programs().exits(0))) {
            tree.awaitEmpty();
            tree.containment().terminate(Signal.TERM);
            tree.containment().kill();
            tree.containment().lastResort();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    default void aSignalReachesTheLeaderUntilItIsGone() throws Exception {
        needs(Ability.SIGNALS);
        try (Tree tree = bench().start(programs().sleeps())) {
            assertThat(tree.leader().signal(Signal.TERM)).isTrue();
            assertThat(tree.awaitExit())
                    .isEqualTo(new ExitStatus.Signalled(programs().number(Signal.TERM), false));
            assertThat(tree.leader().signal(Signal.TERM)).isFalse();
        }
    }
}
