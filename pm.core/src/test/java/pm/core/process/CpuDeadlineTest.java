package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuDeadlineTest {
    @ParameterizedTest
    @CsvSource({"1000,50,1", "1000,50,2", "1000,50,16", "100,50,4", "3600000,50,2", "1000,500,8"})
    void missesTheLimitByATenthAtMostHoweverManyProcessorsAreBusy(long limitMillis, long sampleMillis, int processors) {
        Duration limit = Duration.ofMillis(limitMillis);
        Duration interval = CpuDeadline.interval(limit, Duration.ofMillis(sampleMillis), processors);
        for (int busy = 1; busy <= processors; busy++) {
            Duration used = Duration.ZERO;
            int samples = 0;
            while (used.compareTo(limit) < 0) {
                Duration wait = CpuDeadline.next(limit.minus(used), interval, processors);
                used = used.plus(wait.multipliedBy(busy));
                samples++;
            }
            assertThat(used).isLessThanOrEqualTo(limit.plus(limit.dividedBy(10)));
            assertThat(samples).isLessThan(1000);
        }
    }
}
