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
    private final SupervisionThreads threads;
    private final Journal journal;
    private final Lifecycle lifecycle;
    private final Receipt receipt;
    private final StandardStreams streams;
    private final Observer observer;
    private final String instanceId;
    private final CompletableFuture<ProcessResult> done = new CompletableFuture<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean failed;
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
        this.threads = surroundings.threads();
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

    /** The tree is empty: concludes when its output has been taken. */
    void empty() {
        CompletableFuture<Void> taken = streams.treeGone();
        if (taken.isDone()) {
            conclude();
        } else {
            CompletionStage<Void> later = taken;
            later.thenRun(() -> threads.work(this::conclude));
            awaitConsumer(taken, streams.progress());
        }
    }

    private void awaitConsumer(CompletableFuture<Void> taken, long progress) {
        threads.workLater(PATIENCE, () -> {
            long now = streams.progress();
            if (now != progress) {
                awaitConsumer(taken, now);
            } else if (!taken.isDone()) {
                journal.warn("Could not deliver the last lines yet: their consumer has not returned for "
                        + PATIENCE.toSeconds() + " s; the result does not wait for it");
                conclude();
            }
        });
    }

    private void conclude() {
        if (!lifecycle.ends()) {
            return;
        }
        lastUsage = usageAtTheEnd();
        ProcessResult result = result(receipt.proven(), lastUsage, violationsAtTheEnd());
        boolean removed = remove();
        // The place is free before anybody hears of it: whoever hears may spawn at once.
        observer.gone();
        if (removed) {
            tellCleanedUp();
        }
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
