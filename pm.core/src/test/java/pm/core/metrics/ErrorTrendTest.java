package pm.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import pm.api.Metrics.Trend;

class ErrorTrendTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final ErrorTrend trend = new ErrorTrend();

    @Test
    void countsForTenMinutesAnHourAndEver() {
        trend.add(START);
        trend.add(START.plus(Duration.ofMinutes(30)));
        trend.add(START.plus(Duration.ofMinutes(55)));

        assertThat(trend.at(START.plus(Duration.ofMinutes(55)))).isEqualTo(new Trend(3, 1, 3));
        assertThat(trend.at(START.plus(Duration.ofMinutes(64)))).isEqualTo(new Trend(3, 1, 2));
        assertThat(trend.at(START.plus(Duration.ofMinutes(66)))).isEqualTo(new Trend(3, 0, 2));
        assertThat(trend.at(START.plus(Duration.ofMinutes(200)))).isEqualTo(new Trend(3, 0, 0));
    }

    @Test
    void boundariesAreExactToTenSeconds() {
        trend.add(START);

        assertThat(trend.at(START.plusSeconds(600)).lastTenMinutes()).isEqualTo(1);
        assertThat(trend.at(START.plusSeconds(611)).lastTenMinutes()).isZero();
        assertThat(trend.at(START.plusSeconds(3600)).lastHour()).isEqualTo(1);
        assertThat(trend.at(START.plusSeconds(3611)).lastHour()).isZero();
    }

    @Test
    void lateOnesCountWhereTheyBelong() {
        trend.add(START);
        trend.add(START.minus(Duration.ofMinutes(20)));
        trend.add(START.minus(Duration.ofHours(2)));

        assertThat(trend.at(START)).isEqualTo(new Trend(3, 1, 2));
    }
}
