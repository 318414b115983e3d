package pm.contract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long the contract waits for what takes milliseconds on a machine that has nothing else to do. */
final class Patience {
    /** A system property, an ISO-8601 duration. */
    private static final String PROPERTY = "pm.contract.patience";

    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Patience() {}

    /** As the property says, else one minute. */
    static Duration limit() {
        return Duration.parse(System.getProperty(PROPERTY, "PT1M"));
    }

    /** Waits for something that the backend tells. */
    static <T> T get(CompletionStage<T> stage, String what) {
        try {
            return stage.toCompletableFuture().get(limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not within " + limit() + ": " + what, e);
        } catch (ExecutionException e) {
            throw new AssertionError("Could not be known: " + what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + what, e);
        }
    }

    /** Waits for something that is to be seen. */
    static void until(String what, Callable<Boolean> condition) {
        condition(what).until(condition);
    }

    /** Waits for something that is only not to be seen everywhere yet. */
    static void forAMoment(String what, Callable<Boolean> condition) {
        condition(what).atMost(MOMENT).until(condition);
    }

    /** Waits until something has been so for a while. */
    static void untilItIsSoFor(Duration time, String what, Callable<Boolean> condition) {
        condition(what).during(time).until(condition);
    }

    /** On the thread that waits: the contract counts threads. */
    private static ConditionFactory condition(String what) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .atMost(limit());
    }
}
