package pm.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened. Environment values never appear in events, and commands only as {@link ProcessSpec#shownCommand()}. More kinds
 * may come in later minor versions: a switch needs a default. Immutable; safe for use by any thread.
 */
public sealed interface ProcessEvent {
    /** How much it matters. */
    enum Severity {
        /** For debugging. */
        DEBUG,
        /** The normal course. */
        INFO,
        /** Something that somebody should look at. */
        WARNING,
        /** A process may have escaped, or the guarantees are weakened. */
        CRITICAL
    }

    /** Whom it is about. */
    ErrorContext context();

    /** When it happened. */
    Instant time();

    /** How much it matters. */
    default Severity severity() {
        return Severity.INFO;
    }

    /** A process was started. */
    record Spawned(ErrorContext context, Instant time, Duration latency, String containment) implements ProcessEvent {}

    /** A process could not be started; {@code kind} is the exception's simple name. */
    record SpawnFailed(ErrorContext context, Instant time, String kind, String reason) implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** The caller sent a signal to the leader. */
    record Signalled(ErrorContext context, Instant time, Signal signal) implements ProcessEvent {}

    /** The tree was suspended or resumed. */
    record SuspendChanged(ErrorContext context, Instant time, boolean suspended) implements ProcessEvent {}

    /** A step of the escalation was taken, or could not be: then {@code skipped} says why. */
    record Escalated(
            ErrorContext context,
            Instant time,
            EscalationStep step,
            Cause cause,
            Duration waitLimit,
            Optional<String> skipped)
            implements ProcessEvent {}

    /** A timeout passed: {@code cause} says which, {@code used} how much of {@code limit} was used. */
    record TimedOut(ErrorContext context, Instant time, Cause cause, Duration limit, Duration used)
            implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** Limits of a running tree were changed to these; those that are not named stay as they were. */
    record LimitsChanged(ErrorContext context, Instant time, Limits limits) implements ProcessEvent {}

    /**
     * The tree met a limit: told at once when a kind is met first, and again ({@code again}) when the number has grown tenfold, or at the end
     * when there is more to say. To have to wait for a CPU is what a limit of CPUs means, so that is no warning.
     */
    record LimitViolated(ErrorContext context, Instant time, LimitViolation violation, boolean again)
            implements ProcessEvent {
        @Override
        public Severity severity() {
            return violation.kind() == LimitKind.CPUS ? Severity.INFO : Severity.WARNING;
        }
    }

    /** The leader ended; the rest of the tree may still live. */
    record Exited(ErrorContext context, Instant time, ExitStatus exit, Duration duration) implements ProcessEvent {}

    /**
     * The tree is proven empty and its container removed; {@code usage} is what it has used in all, {@code latency} the time from the
     * leader's end or the first step.
     */
    record CleanedUp(
            ErrorContext context,
            Instant time,
            Cause cause,
            ExitStatus exit,
            Duration duration,
            CleanupReceipt receipt,
            ResourceUsage usage,
            Duration latency)
            implements ProcessEvent {}

    /** The tree survived every step, or its container could not be removed. */
    record CleanupFailed(ErrorContext context, Instant time, String reason, List<ProcessTree.Node> survivors)
            implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }
    }

    /** Processes of a tree outlived its leader, or a container of a dead manager was found. */
    record OrphansFound(ErrorContext context, Instant time, String where, List<ProcessTree.Node> orphans)
            implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** A process has exited and nobody reaped it. */
    record ZombieFound(ErrorContext context, Instant time, ProcessTree.Node zombie) implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** A child of this JVM was found that pm did not start. */
    record UnmanagedChildFound(ErrorContext context, Instant time, long pid, String command) implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** The tree as it was {@code moment}: before or after a spawn or a forced kill. */
    record TreeSeen(ErrorContext context, Instant time, String moment, ProcessTree tree) implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.DEBUG;
        }
    }

    /** An alert began. */
    record AlertStarted(ErrorContext context, Instant time, AlertKind alert, String detail) implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** The alert's condition is over. */
    record AlertEnded(ErrorContext context, Instant time, AlertKind alert, Duration lasted) implements ProcessEvent {}

    /** Something is not as it should be or as it was asked, and the work goes on. */
    record Warned(ErrorContext context, Instant time, String message) implements ProcessEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** The health was checked. */
    record HealthChecked(ErrorContext context, Instant time, Health health) implements ProcessEvent {
        @Override
        public Severity severity() {
            return health.status() == Health.Status.OK ? Severity.INFO : Severity.WARNING;
        }
    }

    /** A manager was opened. */
    record ManagerOpened(ErrorContext context, Instant time, BackendReport backend, EffectiveSettings settings)
            implements ProcessEvent {}

    /** New processes are started by another backend from now on; running ones stay with theirs until they end. */
    record BackendChanged(ErrorContext context, Instant time, BackendReport backend) implements ProcessEvent {}

    /** Settings were changed while the manager runs: what is in force now. */
    record SettingsChanged(ErrorContext context, Instant time, EffectiveSettings settings) implements ProcessEvent {}

    /** A manager was closed: how many trees it ended, and how many it could not. */
    record ManagerClosed(ErrorContext context, Instant time, int ended, int failed, Duration duration)
            implements ProcessEvent {}
}
