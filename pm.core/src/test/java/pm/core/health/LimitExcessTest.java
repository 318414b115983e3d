package pm.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pm.api.Limits;
import pm.api.ResourceUsage;
import pm.core.events.SampleEvents;

class LimitExcessTest {
    /** 13 bytes and 17 processes. */
    private static final ResourceUsage USAGE = SampleEvents.USAGE;

    private static List<String> excess(Limits limits) {
        return LimitExcess.of(limits, () -> USAGE);
    }

    @Test
    void whatIsBeyondItsLimitIsNamed() {
        assertThat(excess(Limits.none().memory(10, 1).processes(16)))
                .containsExactly("13 bytes of at most 10", "17 processes of at most 16");
    }

    @Test
    void upToTheLimitAllIsWell() {
        assertThat(excess(Limits.none().memory(13, 1).processes(17).cpus(0.1))).isEmpty();
    }

    @Test
    void whatIsNotKnownOrNotLimitedIsNoExcess() {
        assertThat(LimitExcess.of(Limits.none().memory(1, 1).processes(1), () -> ResourceUsage.NONE))
                .isEmpty();
        assertThat(LimitExcess.of(Limits.none().cpus(1), () -> {
                    throw new AssertionError("read for nothing");
                }))
                .isEmpty();
    }
}
