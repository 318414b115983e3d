package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileTimeTest {
    @Test
    void itCountsFrom1601InHundredsOfNanoseconds() {
        // "Converting a time_t Value to a FILETIME": 1970 is 116444736000000000.
        assertThat(FileTime.instant(116_444_736_000_000_000L)).isEqualTo(Instant.EPOCH);
        assertThat(FileTime.duration(10_000_001)).isEqualTo(Duration.ofSeconds(1, 100));
    }

    @Test
    void accountsHaveTimesFirstAndBytesBehind() {
        Fields fields = new Fields(JobAccounting.SIZE)
                .put(0, 20_000_000L)
                .put(8, 5_000_000L)
                .put(72, 11L)
                .put(80, 12L);
        assertThat(JobAccounting.of(fields))
                .isEqualTo(new JobAccounting(Duration.ofSeconds(2), Duration.ofMillis(500), 11, 12));
    }
}
