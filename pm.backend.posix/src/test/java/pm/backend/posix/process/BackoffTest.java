package pm.backend.posix.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void theFirstStartIsAtOnceAndLaterOnesWaitLongerUpToFiveSeconds() {
        assertThat(backoff.afterFailure(Duration.ZERO)).isZero();
        assertThat(backoff.afterFailure(Duration.ZERO)).isEqualTo(Duration.ofMillis(10));
        assertThat(backoff.afterFailure(Duration.ZERO)).isEqualTo(Duration.ofMillis(20));
        for (int i = 0; i < 20; i++) {
            backoff.afterFailure(Duration.ZERO);
        }
        assertThat(backoff.afterFailure(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whoStoodLongIsReplacedAtOnce() {
        backoff.afterFailure(Duration.ZERO);
        backoff.afterFailure(Duration.ZERO);

        assertThat(backoff.afterFailure(Duration.ofMinutes(1))).isZero();
        assertThat(backoff.afterFailure(Duration.ZERO)).isEqualTo(Duration.ofMillis(10));
    }
}
