package pm.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import pm.api.Metrics.Latency;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void emptyIsAllZero() {
        assertThat(histogram.snapshot())
                .isEqualTo(new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void oneTimeIsItsOwnMedianAndMaximum() {
        histogram.add(Duration.ofMillis(5));

        Duration five = Duration.ofMillis(5);
        assertThat(histogram.snapshot()).isEqualTo(new Latency(1, five, five, five, five));
    }

    @Test
    void percentilesAreUpperBoundsRightToAFactorOfTwo() {
        for (int millis = 1; millis <= 1000; millis++) {
            histogram.add(Duration.ofMillis(millis));
        }

        Latency latency = histogram.snapshot();

        assertThat(latency.count()).isEqualTo(1000);
        assertThat(latency.total()).isEqualTo(Duration.ofMillis(500_500));
        assertThat(latency.max()).isEqualTo(Duration.ofSeconds(1));
        assertThat(latency.median()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(latency.p99()).isBetween(Duration.ofMillis(990), Duration.ofSeconds(1));
    }

    @Test
    void raritiesDoNotMoveTheMedianNorThe99thOfAHundred() {
        for (int i = 0; i < 99; i++) {
            histogram.add(Duration.ofNanos(100));
        }
        histogram.add(Duration.ofHours(1));

        assertThat(histogram.snapshot().median()).isEqualTo(Duration.ofNanos(127));
        assertThat(histogram.snapshot().p99()).isEqualTo(Duration.ofNanos(127));
        assertThat(histogram.snapshot().max()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void timesAtBothEndsAreTaken() {
        histogram.add(Duration.ZERO);
        histogram.add(Duration.ofNanos(-1));
        histogram.add(Duration.ofNanos(Long.MAX_VALUE));

        assertThat(histogram.snapshot().count()).isEqualTo(3);
        assertThat(histogram.snapshot().max()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }
}
