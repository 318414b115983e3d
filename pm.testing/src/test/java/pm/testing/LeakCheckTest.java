package pm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class LeakCheckTest {
    private static final CountDownLatch END = new CountDownLatch(1);
    private static volatile Thread left;

    @Test
    void aRunThatLeavesSomethingFails() throws InterruptedException {
        EngineExecutionResults results = run(LeavesThread.class);
        END.countDown();
        left.join();

        assertThat(results.testEvents().failed().count()).isZero();
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                container("junit-jupiter"),
                                finishedWithFailure(message("The tests left behind: thread pm-left"))));
    }

    @Test
    void aRunThatLeavesNothingPasses() {
        EngineExecutionResults results = run(LeavesNothing.class);

        assertThat(results.testEvents().succeeded().count()).isOne();
        assertThat(results.containerEvents().failed().count()).isZero();
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(LeakCheck.PATIENCE, "PT0.2S")
                .selectors(selectClass(tests))
                .execute();
    }

    @ExtendWith(LeakCheck.class)
    static class LeavesThread {
        @Test
        void passes() {
            left = new Thread(LeakCheckTest::untilReleased, "pm-left");
            left.setDaemon(true);
            left.start();
        }
    }

    @ExtendWith(LeakCheck.class)
    static class LeavesNothing {
        @Test
        void passes() throws InterruptedException {
            Thread thread = new Thread(() -> {}, "pm-short");
            thread.start();
            thread.join();
        }
    }

    private static void untilReleased() {
        try {
            END.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
