package pm.core.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import pm.api.Cause;
import pm.api.CleanupReceipt;
import pm.api.ExitStatus;
import pm.api.LimitViolation;
import pm.api.ProcessResult;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.core.output.StandardStreams;
import pm.spi.BackendException;

/** Draws the conclusion of one tree: output complete, usage read, container removed, result given. Runs on workers. */
final class Conclusion {
    /** Who keeps the books of the manager. */
    interface Observer {
        /** The tree is proven gone: its place is free. */
        void gone();

        /** The tree survived, or its container could not be removed: to be tried again now and then. */
        void failed();

        /** What had failed is made good. */
        void madeGood();
    }

    /** A line consumer that has taken nothing for so long is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Tree tree;
    private final Journal journal;
    private final Lifecycle lifecycle;
    private final Receipt receipt;
    private final StandardStreams streams;
    private final Observer observer;
    private final String instanceId;
    private final CompletableFuture<ProcessResult> done = new CompletableFuture<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean failed;
    /** What was done so far of the conclusion, which one thread at a time draws. */
    private CompletableFuture<Void> taken;

    private long progress;
    private long progressSince;
    private ProcessResult result;
    private boolean tried;
    private boolean removed;
    private boolean free;
    /** Kept because the container is about to be removed. */
    private volatile ResourceUsage lastUsage;

    Conclusion(
            Tree tree,
            Surroundings surroundings,
            Lifecycle lifecycle,
            Receipt receipt,
            StandardStreams streams,
            Observer observer) {
        this.tree = tree;
        this.instanceId = surroundings.instanceId();
        this.journal = tree.journal();
        this.lifecycle = lifecycle;
        this.receipt = receipt;
        this.streams = streams;
        this.observer = observer;
    }

    CompletableFuture<ProcessResult> done() {
        return done;
    }

    /** What the tree has used up to now. */
    ResourceUsage usage() {
        ResourceUsage last = lastUsage;
        return last == null ? tree.containment().usage() : last;
    }

    /**
     * The tree is empty: concludes when its output has been taken. What was done before is not done again.
     *
     * @param again is run when there may be more to do: it calls this
     */
    void goOn(Step again) {
        if (taken == null) {
            CompletableFuture<Void> taking = streams.treeGone();
            progress = streams.progress();
            progressSince = System.nanoTime();
            if (!taking.isDone()) {
                CompletionStage<Void> later = taking;
                later.thenRun(again::soon);
            }
            taken = taking;
        }
        if (taken.isDone()) {
            conclude();
        } else {
            awaitConsumer(again);
        }
    }

    private void awaitConsumer(Step again) {
        long progressNow = streams.progress();
        long now = System.nanoTime();
        if (progressNow != progress) {
            progress = progressNow;
            progressSince = now;
        }
        long left = PATIENCE.toNanos() - (now - progressSince);
        if (left > 0) {
            again.after(left);
        } else {
            journal.warn("Could not deliver the last lines yet: their consumer has not returned for "
                    + PATIENCE.toSeconds() + " s; the result does not wait for it");
            conclude();
        }
    }

    private void conclude() {
        if (lastUsage == null) {
            lastUsage = usageAtTheEnd();
        }
        if (result == null) {
            result = result(receipt.proven(), lastUsage, violationsAtTheEnd());
        }
        if (!tried) {
            removed = remove();
            tried = true;
        }
        // The place is free before anybody is told: whoever is told may spawn at once.
        if (!free) {
            free = true;
            observer.gone();
        }
        if (removed) {
            tellCleanedUp();
        }
        lifecycle.ends();
        done.complete(result);
    }

    private ResourceUsage usageAtTheEnd() {
        try {
            return tree.containment().usage();
        } catch (RuntimeException e) {
            // Whatever the backend throws, the caller must not wait for ever.
            journal.warn("Could not read what the tree has used: " + e);
            return ResourceUsage.NONE;
        }
    }

    private List<LimitViolation> violationsAtTheEnd() {
        List<LimitViolation> violations = List.of();
        try {
            violations = tree.containment().violations();
        } catch (RuntimeException e) {
            journal.warn("Could not read which limits the tree has met: " + e);
        }
        violations = tree.watch().end(violations);
        lifecycle.settleCause();
        return violations;
    }

    /** Tries once more to remove the container of an empty tree. */
    void removeContainer() {
        if (remove()) {
            tellCleanedUp();
        }
    }

    private boolean remove() {
        try {
            tree.containment().close();
            return true;
        } catch (BackendException | RuntimeException e) {
            failed = true;
            journal.cleanupFailed(String.valueOf(e.getMessage()), List.of());
            observer.failed();
            return false;
        }
    }

    private void tellCleanedUp() {
        // A retry may come at the same time as the conclusion.
        if (told.getAndSet(true)) {
            return;
        }
        if (failed) {
            observer.madeGood();
        }
        journal.cleanedUp(
                lifecycle.cause(),
                exit(),
                lifecycle.lifeTime(tree.startNanos()),
                receipt.proven(),
                lastUsage,
                lifecycle.endingTime());
    }

    /** Every step was taken in vain. */
    void survived(List<ProcessTree.Node> survivors) {
        failed = true;
        CompletableFuture<Void> taken = streams.treeGone();
        assert taken != null;
        journal.cleanupFailed("the tree survived every step of the escalation", survivors);
        observer.failed();
        done.complete(result(receipt.survived(survivors), usageAtTheEnd(), violationsAtTheEnd()));
    }

    private ExitStatus exit() {
        ExitStatus known = lifecycle.exit();
        return known == null ? new ExitStatus.Unknown("the leader had not ended when pm gave up") : known;
    }

    private ProcessResult result(CleanupReceipt cleanup, ResourceUsage usage, List<LimitViolation> violations) {
        Cause cause = lifecycle.cause();
        return new ProcessResult(
                instanceId,
                tree.id(),
                tree.leader().pid(),
                tree.spec().shownCommand(),
                cause,
                exit(),
                tree.startTime(),
                lifecycle.lifeTime(tree.startNanos()),
                usage,
                tree.limits().now(),
                violations,
                cleanup,
                streams.capturedStdout(),
                streams.capturedStderr(),
                journal.warnings());
    }
}
