package pm.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A process with its tree, from spawn until nothing of it is left. Every method may be called from any thread. Meant for
 * try-with-resources: {@link #close()} ends what still runs.
 */
@ProviderType
public interface ManagedProcess extends AutoCloseable {
    /** pm's own id, unique within the manager, and the child's {@code PM_PROCESS_ID}. */
    String id();

    /** The leader's pid. It may belong to somebody else once the leader has ended: never signal by it. */
    long pid();

    /** The specification it was started from. */
    ProcessSpec spec();

    /** In OSGi the symbolic name of the bundle that started it. */
    Optional<String> owner();

    /** When it was started. */
    Instant startTime();

    /** Writes to the child's standard input when that is {@link Stdio#pipe()}, else a stream that is closed. */
    OutputStream stdin();

    /** Reads the child's standard output when that is {@link Stdio#pipe()}, else a stream at its end. */
    InputStream stdout();

    /** Reads the child's standard error when that is {@link Stdio#pipe()}, else a stream at its end. */
    InputStream stderr();

    /** Whether anything of the tree may still live: false only after the operating system said that it is empty, or pm gave up. */
    boolean isAlive();

    /** The leader's own end, as soon as it is known: the rest of the tree may still live. */
    Optional<ExitStatus> exitStatus();

    /**
     * Completes when the tree is empty, or has survived every step ({@link CleanupReceipt#proven()} is false then). Dependent actions run
     * on a thread of pm's that is shared: use the {@code Async} methods for anything that may block. Cancelling the future does nothing to
     * the process.
     */
    CompletableFuture<ProcessResult> onExit();

    /**
     * Waits for {@link #onExit()}.
     *
     * @return what became of it
     * @throws InterruptedException when the waiting thread is interrupted; the process goes on
     */
    ProcessResult await() throws InterruptedException;

    /**
     * Waits for {@link #onExit()}, at most for a while.
     *
     * @param limit how long
     * @return what became of it; empty when it still runs
     * @throws InterruptedException when the waiting thread is interrupted; the process goes on
     */
    Optional<ProcessResult> await(Duration limit) throws InterruptedException;

    /** Starts the escalation with the specification's policy, if it has not started yet, and returns at once. */
    CompletableFuture<ProcessResult> stop();

    /** As {@link #stop()} with another policy. */
    CompletableFuture<ProcessResult> stop(StopPolicy policy);

    /** Kills the tree without asking: the escalation from {@link EscalationStep#KILL} on. */
    CompletableFuture<ProcessResult> kill();

    /**
     * Sends a signal to the leader, if it still lives.
     *
     * @return whether it was delivered; false when the leader has ended
     * @throws ProcessManagerException when the system refuses
     */
    boolean signal(Signal signal);

    /** Stops every process of the tree where it is. Timeouts go on. */
    void suspend();

    /** Lets a suspended tree go on. */
    void resume();

    /** What lives in the tree now, asked of the operating system. */
    ProcessTree tree();

    /** What the tree has used up to now. */
    ResourceUsage usage();

    /** What is held now of the limits that were asked for; after the end, what was held last. */
    Limits limits();

    /**
     * Changes limits of the running tree: those that are named get another amount, all others stay. An event tells of it. Does nothing when
     * the tree is gone. With best effort, what cannot be changed is left as it was, with a warning.
     *
     * @param limits the new amounts; their best effort is about this change only
     * @throws UnsupportedLimitException when one cannot be enforced, or is {@link LimitKind#isInherited() inherited}, and best effort was
     *     not chosen; then none is changed
     * @throws ProcessManagerException when the system refuses, and best effort was not chosen; the message says what was changed
     */
    void updateLimits(Limits limits);

    /** What was not done as asked. */
    List<String> warnings();

    /**
     * This process as {@link Process}, for code that wants one. {@code destroy} is {@link #stop()}, {@code destroyForcibly} is {@link
     * #kill()}, and the exit value is the leader's.
     */
    Process asProcess();

    /**
     * Ends the tree by escalation, if anything of it still runs, and returns when it is proven empty. Idempotent. An interrupt of the
     * calling thread does not shorten it and is kept.
     *
     * @throws CleanupException when the tree survived every step
     */
    @Override
    void close();
}
