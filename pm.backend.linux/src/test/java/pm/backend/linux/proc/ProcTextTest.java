package pm.backend.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcTextTest {
    @Test
    void ignoredSignalsAreBitsFromOne() {
        SignalDispositions dispositions = SignalDispositions.parse(
                List.of("SigBlk:	0000000000000000", "SigIgn:	0000000000010001", "SigCgt:	2000000181005ccf"));

        assertThat(dispositions.ignores(1)).isTrue();
        assertThat(dispositions.ignores(2)).isFalse();
        assertThat(dispositions.ignores(17)).isTrue();
    }

    @Test
    void ticksAreAmongTheAuxiliaryWords() {
        ByteBuffer auxiliary = ByteBuffer.allocate(6 * Long.BYTES)
                .putLong(33)
                .putLong(4711)
                .putLong(17)
                .putLong(250)
                .putLong(0)
                .putLong(0)
                .flip();

        assertThat(BootClock.ticks(auxiliary)).isEqualTo(250);
    }

    @Test
    void timesCountFromBoot() {
        BootClock clock = new BootClock(BootClock.bootTime(List.of("cpu 1 2", "btime 1700000000", "ctxt 3")), 100);

        assertThat(clock.time(150)).isEqualTo(Instant.ofEpochSecond(1_700_000_001, 500_000_000));
        assertThat(clock.duration(1)).isEqualTo(Duration.ofMillis(10));
    }
}
