package pm.spi;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits that an interrupt neither ends nor shortens: what starts, ends or looks at processes must work on an interrupted thread too. The
 * thread is interrupted afterwards if it was before or became so meanwhile. For the same reason files are written by what is no {@link
 * java.nio.channels.InterruptibleChannel}. Stateless.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** A wait that an interrupt ends. */
    @FunctionalInterface
    public interface Wait {
        /**
         * Waits.
         *
         * @param nanos at most so long, in nanoseconds; 0 or more
         * @return whether what was waited for is there
         * @throws InterruptedException when the thread is interrupted, or was before
         */
        boolean atMost(long nanos) throws InterruptedException;
    }

    /**
     * Waits, again after each interrupt, until the limit is over.
     *
     * @return whether what was waited for is there
     */
    public static boolean await(Duration limit, Wait wait) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.atMost(Math.max(0, end - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until a stage has completed.
     *
     * @param limit at most so long
     * @return its result
     * @throws ExecutionException when it completed exceptionally
     * @throws TimeoutException when it did not complete in time
     */
    public static <T> T get(CompletionStage<T> stage, Duration limit) throws ExecutionException, TimeoutException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        boolean done = await(limit, nanos -> {
            try {
                future.get(nanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException | CancellationException e) {
                return future.isDone();
            }
            return true;
        });
        if (!done) {
            throw new TimeoutException("not within " + limit);
        }
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new ExecutionException(e.getCause());
        }
    }

    /** Does nothing for so long. */
    public static void pause(Duration length) {
        boolean over = await(length, nanos -> {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        });
        assert over;
    }
}
