package pm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "10s,10000", "2m,120000", "1.5h,5400000", "7,7000", "0.25,250", "1d,86400000", "0,0"})
    void readsWhatPeopleWrite(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "banana", "-1s", "1 s", "1.s", "s", "1e3", "99999999d", "1h30m"})
    void refusesTheRestAndSaysWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("500ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000, 1_500_000, 300_000_000_000L, 1_000_000_001L})
    void writesWhatItReads(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Test
    void refusesWhatNoClockCanCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.requirePositive("timeout", Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.requirePositive("timeout", Duration.ZERO));
    }
}
