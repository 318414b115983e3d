package pm.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();

    @Test
    void settlesWhenTheLastOneHasLeft() {
        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isTrue();
        gate.close();
        gate.close();
        assertThat(gate.enter()).isFalse();
        gate.leave();
        assertThat(gate.settled()).isNotDone();
        gate.leave();
        assertThat(gate.settled()).isCompleted();
    }

    @Test
    void settlesAtOnceWhenNobodyIsInside() {
        assertThat(gate.enter()).isTrue();
        gate.leave();
        assertThat(gate.settled()).isNotDone();
        gate.close();
        assertThat(gate.settled()).isCompleted();
    }
}
