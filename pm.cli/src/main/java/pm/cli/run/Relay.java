package pm.cli.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pm.api.ManagedProcess;

/**
 * Hands the bytes of a command's output on as they come, on a thread for each stream. When the reader of pm's own output is gone, the
 * command's pipe is closed, so that the command meets it as it would without pm.
 */
final class Relay {
    private static final int CHUNK = 64 * 1024;

    /** How long a reader that is behind gets, when there is no time left. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CompletableFuture<Void> handedOn;

    private Relay(CompletableFuture<Void> handedOn) {
        this.handedOn = handedOn;
    }

    /** Starts for both outputs of a process; one that is no pipe is at its end already. */
    static Relay of(ManagedProcess process) {
        return of(
                start("pm-relay-stdout", process.stdout(), new FileOutputStream(FileDescriptor.out)),
                start("pm-relay-stderr", process.stderr(), new FileOutputStream(FileDescriptor.err)));
    }

    static Relay of(CompletableFuture<?>... streams) {
        return new Relay(CompletableFuture.allOf(streams));
    }

    /**
     * Waits until everything was handed on, or nobody is there to hand it to. A reader that reads nothing holds this up for a limited time only,
     * and a moment more.
     *
     * @param limit how long
     * @param hurry ends the wait when it completes, whatever the limit
     * @return false when a reader has not taken all of it
     */
    boolean await(Duration limit, CompletableFuture<?> hurry) throws InterruptedException {
        waitFor(CompletableFuture.anyOf(handedOn, hurry), limit);
        waitFor(handedOn, PATIENCE);
        return handedOn.isDone();
    }

    private static void waitFor(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        try {
            future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
            // The caller looks.
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not hand output on: " + e.getCause(), e);
        }
    }

    static CompletableFuture<Void> start(String name, InputStream from, OutputStream to) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        copy(from, to);
                    } finally {
                        done.complete(null);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    static void copy(InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        try (from) {
            for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
                to.write(chunk, 0, length);
            }
        } catch (IOException oneEndIsGone) {
            // Closing the pipe tells the other one.
        }
    }
}
