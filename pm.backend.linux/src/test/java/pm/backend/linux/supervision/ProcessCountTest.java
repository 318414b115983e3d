package pm.backend.linux.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.api.LimitViolation;

class ProcessCountTest {
    private final List<LimitViolation> heard = new ArrayList<>();
    private final ProcessCount count = new ProcessCount(5, heard::add);

    @Test
    void eachEpisodeIsToldAndTheLastOneIsKept() {
        count.exceeded(7);
        count.exceeded(9);
        assertThat(heard)
                .containsExactly(
                        new LimitViolation(
                                LimitKind.PROCESSES, 1, "7 processes were alive, 5 are allowed", Optional.empty()),
                        new LimitViolation(
                                LimitKind.PROCESSES, 2, "9 processes were alive, 5 are allowed", Optional.empty()));
        assertThat(count.violations()).containsExactly(heard.get(1));
    }

    @Test
    void whatIsAllowedMeanwhileIsNoViolation() {
        count.change(10);
        count.exceeded(10);
        count.change(0);
        count.exceeded(1000);
        assertThat(heard).isEmpty();
        assertThat(count.violations()).isEmpty();
    }
}
