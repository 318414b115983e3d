package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.Durations;
import pm.api.ProcessEvent;
import pm.api.StopPolicy;
import pm.spi.Uninterrupted;

/**
 * Starts under way. One may hang, for instance in opening a named pipe that nobody writes to, and must not keep anything from ending. Safe for
 * use by any thread.
 */
final class Starts {
    private final Surroundings surroundings;
    private final Set<Birth> underWay = ConcurrentHashMap.newKeySet();

    Starts(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void begin(Birth birth) {
        underWay.add(birth);
    }

    void end(Birth birth) {
        underWay.remove(birth);
    }

    /**
     * Waits until starts are through, as long as the escalation of a tree may take. Those that hang longer are reported and given up: what
     * they start after all is ended at once. Keeps interrupts.
     *
     * @param settled completes when all are through
     * @param which are meant
     * @param cause for which they are given up
     * @return one for each that was given up
     */
    List<CleanupException> await(CompletableFuture<Void> settled, Predicate<? super Birth> which, Cause cause) {
        List<CleanupException> failures = new ArrayList<>();
        if (!settled.isDone()) {
            Duration limit = Waits.whenManagerCloses(StopPolicy.defaults(), surroundings.settings())
                    .total();
            await(settled, limit);
            underWay.stream()
                    .filter(which)
                    .filter(birth -> birth.giveUp(cause))
                    .forEach(birth -> failures.add(failure(birth, limit)));
        }
        return failures;
    }

    /** With the wait of the thread itself: that of a future would need a thread to end it. */
    private static void await(CompletableFuture<Void> settled, Duration limit) {
        try {
            Uninterrupted.get(settled, limit);
        } catch (TimeoutException | ExecutionException hangs) {
            return;
        }
    }

    private CleanupException failure(Birth birth, Duration limit) {
        String reason = "Could not end the start of '"
                + String.join(" ", birth.context().command())
                + "': it hangs, and did so for " + Durations.format(limit)
                + ", perhaps in opening a named pipe for its streams; let that go on, what it starts is ended at once";
        surroundings
                .events()
                .publish(new ProcessEvent.CleanupFailed(birth.context(), Instant.now(), reason, List.of()));
        return new CleanupException(reason, birth.context(), List.of());
    }
}
