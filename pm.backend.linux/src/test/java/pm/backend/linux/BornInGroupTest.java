package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/** What needs a kernel that lets a command be born in its group; how that is done is tested with the launcher. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class BornInGroupTest {
    private TestSession session;

    @BeforeEach
    void open() throws Exception {
        session = TestSession.cgroup();
    }

    @AfterEach
    void close() throws Exception {
        session.close();
    }

    /** Also where no controller counts memory: it comes from the small launcher, and not from this JVM. */
    @Test
    void thePeakOfASmallCommandIsKnown() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.command("true"));
            process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
            containment.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(containment.usage().peakMemoryBytes().orElseThrow()).isBetween(100_000L, 10_000_000L);
        }
    }
}
