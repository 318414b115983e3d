package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pm.api.Cause;
import pm.api.CleanupReceipt;
import pm.api.ErrorContext;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessEvent;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.core.events.EventSink;

/** Tells what happens to one process: events, and the warnings that go into its result. Safe for use by any thread. */
final class Journal {
    private final ErrorContext context;
    private final EventSink sink;
    private final BooleanSupplier debug;
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    Journal(ErrorContext context, EventSink sink, BooleanSupplier debug) {
        this.context = context;
        this.sink = sink;
        this.debug = debug;
    }

    /** Whom it is about. */
    ErrorContext context() {
        return context;
    }

    /** What was not done as asked, or went wrong without ending the process. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** An event for which there is no memory is left out: the end of a tree does not depend on what is told of it. */
    void publish(ProcessEvent event) {
        try {
            sink.publish(event);
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
        }
    }

    void spawned(Duration latency, String containment) {
        publish(new ProcessEvent.Spawned(context, Instant.now(), latency, containment));
    }

    void warn(String message) {
        try {
            warnings.add(message);
            publish(new ProcessEvent.Warned(context, Instant.now(), message));
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
        }
    }

    /** As {@link #warn}, unless the same was said before. */
    void warnOnce(String message) {
        if (!warnings.contains(message)) {
            warn(message);
        }
    }

    void signalled(Signal signal) {
        publish(new ProcessEvent.Signalled(context, Instant.now(), signal));
    }

    void suspendChanged(boolean suspended) {
        publish(new ProcessEvent.SuspendChanged(context, Instant.now(), suspended));
    }

    void escalated(EscalationStep step, Cause cause, Duration wait, Optional<String> skipped) {
        publish(new ProcessEvent.Escalated(context, Instant.now(), step, cause, wait, skipped));
    }

    void exited(ExitStatus exit, Duration duration) {
        publish(new ProcessEvent.Exited(context, Instant.now(), exit, duration));
    }

    void orphansFound(List<ProcessTree.Node> orphans) {
        publish(new ProcessEvent.OrphansFound(context, Instant.now(), "outlived the leader", orphans));
    }

    void limitViolated(LimitViolation violation, boolean again) {
        publish(new ProcessEvent.LimitViolated(context, Instant.now(), violation, again));
    }

    void limitsChanged(Limits limits) {
        publish(new ProcessEvent.LimitsChanged(context, Instant.now(), limits));
    }

    void cleanedUp(
            Cause cause,
            ExitStatus exit,
            Duration duration,
            CleanupReceipt receipt,
            ResourceUsage usage,
            Duration latency) {
        publish(new ProcessEvent.CleanedUp(context, Instant.now(), cause, exit, duration, receipt, usage, latency));
    }

    void cleanupFailed(String reason, List<ProcessTree.Node> survivors) {
        publish(new ProcessEvent.CleanupFailed(context, Instant.now(), reason, survivors));
    }

    /** The tree for debugging: looked at only when somebody wants it. */
    void tree(String moment, Supplier<List<ProcessTree.Node>> nodes) {
        if (debug.getAsBoolean()) {
            Instant now = Instant.now();
            publish(new ProcessEvent.TreeSeen(context, now, moment, new ProcessTree(now, nodes.get())));
        }
    }
}
