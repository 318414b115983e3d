package pm.backend.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which job's end is whose. */
class JobsTest {
    private final Jobs jobs = new Jobs();

    @Test
    void theEndOfAJobReachesWhoWaitsForItsUnit() {
        CompletableFuture<String> one = jobs.await("one.scope");
        CompletableFuture<String> two = jobs.await("two.scope");

        jobs.removed(7, "/org/freedesktop/systemd1/job/7", "two.scope", "done");

        assertThat(two).isCompletedWithValue("done");
        assertThat(one).isNotDone();
    }

    @Test
    void otherSignalsAreLeftAlone() {
        CompletableFuture<String> one = jobs.await("one.scope");

        jobs.removed();
        jobs.removed(8, "/job/8", "other.scope", "done");
        jobs.forget("one.scope");
        jobs.removed(9, "/job/9", "one.scope", "done");

        assertThat(one).isNotDone();
    }
}
