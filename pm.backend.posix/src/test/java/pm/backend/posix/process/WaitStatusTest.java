package pm.backend.posix.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import pm.api.ExitStatus;

class WaitStatusTest {
    @Test
    void exitCodesAreInTheSecondByte() {
        assertThat(WaitStatus.decode(0)).isEqualTo(new ExitStatus.Exited(0));
        assertThat(WaitStatus.decode(0x0300)).isEqualTo(new ExitStatus.Exited(3));
        assertThat(WaitStatus.decode(0xff00)).isEqualTo(new ExitStatus.Exited(255));
    }

    @Test
    void signalsAreInTheLowSevenBitsAndCoresInTheEighth() {
        assertThat(WaitStatus.decode(9)).isEqualTo(new ExitStatus.Signalled(9, false));
        assertThat(WaitStatus.decode(0x80 | 11)).isEqualTo(new ExitStatus.Signalled(11, true));
    }

    @Test
    void aStoppedProcessHasNotEnded() {
        assertThatThrownBy(() -> WaitStatus.decode(0x137f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stopped");
    }
}
