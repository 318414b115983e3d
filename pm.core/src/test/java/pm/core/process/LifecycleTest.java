package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.ExitStatus;
import pm.core.process.Lifecycle.Phase;

class LifecycleTest {
    private static final ExitStatus OK = new ExitStatus.Exited(0);
    private static final ExitStatus SIGKILL = new ExitStatus.Signalled(9, false);

    private final Lifecycle ending = new Lifecycle(Descendants.END);
    private final Lifecycle waiting = new Lifecycle(Descendants.WAIT);

    @Test
    void concludesOnceWhenLeaderAndTreeHaveEndedInAnyOrder() {
        ending.foundEmpty();
        assertThat(ending.concludes()).isFalse();
        ending.leaderEnded(OK);
        assertThat(ending.concludes()).isTrue();
        assertThat(ending.concludes()).isFalse();
        assertThat(ending.cause()).isEqualTo(Cause.EXITED);
        ending.ends();
        assertThat(ending.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void theFirstCauseWins() {
        assertThat(ending.beginsEnding(Cause.TIMED_OUT)).isTrue();
        assertThat(ending.beginsEnding(Cause.STOPPED)).isFalse();
        ending.leaderEnded(OK);
        assertThat(ending.cause()).isEqualTo(Cause.TIMED_OUT);
    }

    @Test
    void aLeaderThatEndedByItselfIsTheCauseOfTheRestsEndOnlyWhenNobodyWaitsForIt() {
        ending.leaderEnded(OK);
        assertThat(ending.beginsEnding(Cause.STOPPED)).isFalse();
        assertThat(ending.cause()).isEqualTo(Cause.EXITED);
        waiting.leaderEnded(OK);
        assertThat(waiting.beginsEnding(Cause.TIMED_OUT)).isTrue();
    }

    @Test
    void theKernelsKillForWantOfMemoryIsTheCause() {
        ending.leaderEnded(SIGKILL);
        ending.shortOfMemory();
        ending.settleCause();
        assertThat(ending.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
        waiting.shortOfMemory();
        waiting.leaderEnded(SIGKILL);
        waiting.foundEmpty();
        assertThat(waiting.concludes()).isTrue();
        waiting.settleCause();
        assertThat(waiting.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
    }

    @Test
    void aKillForWantOfMemoryThatCameFirstGoesBeforeALaterDemand() {
        ending.shortOfMemory();
        ending.beginsEnding(Cause.TIMED_OUT);
        ending.leaderEnded(SIGKILL);
        ending.kills();
        ending.settleCause();
        assertThat(ending.cause()).isEqualTo(Cause.OUT_OF_MEMORY);
    }

    @Test
    void anEndThatWasDemandedBeforeMemoryRanOutKeepsItsCause() {
        ending.beginsEnding(Cause.TIMED_OUT);
        ending.shortOfMemory();
        ending.leaderEnded(SIGKILL);
        ending.settleCause();
        assertThat(ending.cause()).isEqualTo(Cause.TIMED_OUT);
    }

    @Test
    void ourOwnKillIsNeverTakenForTheKernels() {
        ending.shortOfMemory();
        ending.beginsEnding(Cause.STOPPED);
        ending.kills();
        ending.leaderEnded(SIGKILL);
        ending.settleCause();
        assertThat(ending.cause()).isEqualTo(Cause.STOPPED);
    }

    @Test
    void sigkillAloneAndAnEndByAnythingElseAreNotOutOfMemory() {
        ending.leaderEnded(SIGKILL);
        ending.settleCause();
        assertThat(ending.cause()).isEqualTo(Cause.EXITED);
        waiting.shortOfMemory();
        waiting.leaderEnded(OK);
        waiting.foundEmpty();
        assertThat(waiting.concludes()).isTrue();
        waiting.settleCause();
        assertThat(waiting.cause()).isEqualTo(Cause.EXITED);
    }

    @Test
    void aLeaderOfUnknownEndIsLost() {
        ending.leaderEnded(new ExitStatus.Unknown("its watcher died"));
        assertThat(ending.cause()).isEqualTo(Cause.LOST);
        waiting.leaderEnded(new ExitStatus.Unknown("its watcher died"));
        waiting.foundEmpty();
        assertThat(waiting.concludes()).isTrue();
        assertThat(waiting.cause()).isEqualTo(Cause.LOST);
    }

    @Test
    void aTreeThatSurvivedCanStillBeFoundEmpty() {
        ending.beginsEnding(Cause.STOPPED);
        assertThat(ending.survives()).isTrue();
        assertThat(ending.survives()).isFalse();
        ending.foundEmpty();
        ending.leaderLost();
        assertThat(ending.concludes()).isTrue();
        assertThat(ending.survives()).isFalse();
        assertThat(ending.exit()).isInstanceOf(ExitStatus.Unknown.class);
    }
}
