package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import pm.api.EscalationStep;
import pm.api.Signal;

class EscalationPlanTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Waits WAITS =
            new Waits(Signal.TERM, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1));

    private final EscalationPlan plan = new EscalationPlan();

    @Test
    void takesEveryStepAndWaitsAfterEach() {
        plan.demand(WAITS, EscalationStep.TERMINATE);
        assertThat(plan.dueIn(0)).isZero();
        assertThat(plan.next()).contains(EscalationStep.TERMINATE);
        plan.taken(EscalationStep.TERMINATE, 10 * SECOND);
        assertThat(plan.dueIn(11 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(plan.next()).contains(EscalationStep.KILL);
        plan.taken(EscalationStep.KILL, 13 * SECOND);
        assertThat(plan.dueIn(13 * SECOND)).isEqualTo(2 * SECOND);
        assertThat(plan.next()).contains(EscalationStep.LAST_RESORT);
        plan.taken(EscalationStep.LAST_RESORT, 15 * SECOND);
        assertThat(plan.dueIn(16 * SECOND)).isZero();
        assertThat(plan.next()).isEmpty();
    }

    @Test
    void aKillEndsTheWaitAfterTheStopSignal() {
        plan.demand(WAITS, EscalationStep.TERMINATE);
        plan.taken(EscalationStep.TERMINATE, 0);
        plan.demand(WAITS, EscalationStep.KILL);
        assertThat(plan.dueIn(1)).isZero();
        assertThat(plan.next()).contains(EscalationStep.KILL);
    }

    @Test
    void aKillFromTheBeginningIsFollowedByTheRest() {
        plan.demand(WAITS, EscalationStep.KILL);
        assertThat(plan.next()).contains(EscalationStep.KILL);
        plan.taken(EscalationStep.KILL, 0);
        plan.demand(WAITS, EscalationStep.TERMINATE);
        assertThat(plan.dueIn(SECOND)).isEqualTo(SECOND);
        assertThat(plan.next()).contains(EscalationStep.LAST_RESORT);
    }

    @Test
    void aShorterPolicyShortensARunningWaitAndALongerOneDoesNothing() {
        plan.demand(WAITS, EscalationStep.TERMINATE);
        plan.taken(EscalationStep.TERMINATE, 0);
        plan.demand(withTerminateWait(Duration.ofSeconds(1)), EscalationStep.TERMINATE);
        assertThat(plan.dueIn(0)).isEqualTo(SECOND);
        plan.demand(withTerminateWait(Duration.ofSeconds(60)), EscalationStep.TERMINATE);
        assertThat(plan.dueIn(0)).isEqualTo(SECOND);
        plan.demand(withTerminateWait(Duration.ZERO), EscalationStep.TERMINATE);
        assertThat(plan.dueIn(0)).isZero();
    }

    @Test
    void keepsTheFirstSignal() {
        plan.demand(WAITS, EscalationStep.TERMINATE);
        plan.demand(new Waits(Signal.INT, Duration.ZERO, Duration.ZERO, Duration.ZERO), EscalationStep.TERMINATE);
        assertThat(plan.waits().signal()).isEqualTo(Signal.TERM);
        assertThat(plan.waits().kill()).isZero();
    }

    private static Waits withTerminateWait(Duration wait) {
        return new Waits(WAITS.signal(), wait, WAITS.kill(), WAITS.lastResort());
    }
}
