package pm.core.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.ProcessTree;
import pm.api.Signal;
import pm.spi.BackendException;
import pm.spi.Containment;

/**
 * Ends one tree: terminate, wait, kill, wait, last resort, wait, report. Every wait ends when the tree is empty, whatever became of its
 * leader. Steps are taken on workers, one at a time. One that the JVM itself refuses to carry out, for want of memory for instance, is carried
 * out again until it works or the next one is due; what a step would tell is left out rather than the step. Safe for use by any thread.
 */
final class Escalation {
    /** Who wants to know how it goes. Called on a worker, without a lock. */
    interface Observer {
        /**
         * The first step is about to be taken.
         *
         * @return what set the end of the tree going: this demand, or something before it
         */
        Cause begins(Demand demand);

        /** SIGKILL is about to be sent. */
        void kills();

        /** The system says that the tree is empty. */
        void seenEmpty();

        /** All steps were taken, and the tree is not known to be empty. */
        void survived(List<ProcessTree.Node> survivors);
    }

    /** The time between attempts at a step for which there is no memory. */
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Containment containment;
    private final TreeLook look;
    private final Journal journal;
    private final Observer observer;
    private final Receipt receipt = new Receipt();
    private final EscalationPlan plan = new EscalationPlan();
    private final Step act;
    private Demand first;
    private boolean begun;
    private boolean over;
    /** Whether the last step that was taken could not be carried out. */
    private boolean unfinished;
    /** Why the last resort was not, or only in part. */
    private Optional<String> skipped = Optional.empty();

    private volatile Cause cause;

    Escalation(Containment containment, Journal journal, SupervisionThreads threads, Observer observer) {
        this.containment = containment;
        this.look = new TreeLook(containment, journal);
        this.journal = journal;
        this.act = threads.step(this::act);
        this.observer = observer;
    }

    /** Starts it, or makes it go faster. */
    synchronized void demand(Demand demand) {
        if (over) {
            return;
        }
        if (first == null) {
            first = demand;
        }
        plan.demand(demand.waits(), demand.from());
        act.after(plan.dueIn(System.nanoTime()));
    }

    /** The tree is empty: nothing more is done. */
    synchronized void end() {
        over = true;
        act.cancel();
    }

    /** Kills once more what survived all steps. On a worker. */
    void again() {
        attempt(containment::kill);
        receipt.seen(EscalationStep.KILL, look.members());
        attempt(containment::lastResort);
        receipt.seen(EscalationStep.LAST_RESORT, look.members());
    }

    /** What was ended up to now. */
    Receipt receipt() {
        return receipt;
    }

    /** Takes the next step when it is due, or once more the last one that could not be carried out. */
    private void act() {
        long due;
        boolean again;
        synchronized (this) {
            if (over) {
                return;
            }
            due = plan.dueIn(System.nanoTime());
            again = unfinished && (due > 0 || plan.next().isEmpty());
        }
        if (due > 0 && !again) {
            act.after(due);
        } else if (look.isEmpty()) {
            // Nothing is left to do, also when the exit watcher has not said so yet.
            observer.seenEmpty();
        } else {
            announceBeginning();
            step(again);
        }
    }

    private void announceBeginning() {
        Demand beginning;
        synchronized (this) {
            beginning = begun || over ? null : first;
        }
        if (beginning != null) {
            cause = observer.begins(beginning);
            begun = true;
        }
    }

    private void step(boolean again) {
        Optional<EscalationStep> step;
        Waits waits;
        synchronized (this) {
            step = again ? plan.current() : plan.next();
            waits = plan.waits();
        }
        if (step.isEmpty()) {
            giveUp();
            return;
        }
        boolean finished = again ? carryOut(step.get(), waits.signal()) : take(step.get(), waits);
        synchronized (this) {
            if (!again) {
                plan.taken(step.get(), System.nanoTime());
            }
            unfinished = !finished;
            long due = plan.dueIn(System.nanoTime());
            act.after(finished ? due : Math.min(Math.max(due, 0), RETRY.toNanos()));
        }
    }

    /** Returns whether the step could be carried out. */
    private boolean take(EscalationStep step, Waits waits) {
        tellBefore(step, waits);
        if (step == EscalationStep.KILL || waits.signal() == Signal.KILL) {
            observer.kills();
        }
        boolean finished = carryOut(step, waits.signal());
        tellAfter(step, waits);
        return finished;
    }

    private void tellBefore(EscalationStep step, Waits waits) {
        try {
            List<ProcessTree.Node> before = look.members();
            receipt.seen(step, before);
            if (step == EscalationStep.KILL) {
                journal.tree("before kill", () -> before);
            }
            if (step != EscalationStep.LAST_RESORT) {
                journal.escalated(step, cause, waits.after(step), Optional.empty());
            }
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
        }
    }

    private void tellAfter(EscalationStep step, Waits waits) {
        try {
            if (step == EscalationStep.KILL) {
                journal.tree("after kill", look::members);
            }
            if (step == EscalationStep.LAST_RESORT) {
                journal.escalated(step, cause, waits.after(step), skipped);
            }
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
        }
    }

    private boolean carryOut(EscalationStep step, Signal signal) {
        return switch (step) {
            case TERMINATE -> attempt(() -> containment.terminate(signal));
            case KILL -> attempt(containment::kill);
            case LAST_RESORT -> attempt(() -> skipped = containment.lastResort());
        };
    }

    /** Returns false when the JVM has no memory for it. Whatever else goes wrong, the next step is taken in its time. */
    private boolean attempt(Action action) {
        try {
            action.run();
            return true;
        } catch (OutOfMemoryError full) {
            HeapReserve.release();
            return false;
        } catch (BackendException | RuntimeException | Error e) {
            journal.warnOnce("Could not end the tree: " + e.getMessage());
            return true;
        }
    }

    private interface Action {
        void run() throws BackendException;
    }

    private void giveUp() {
        List<ProcessTree.Node> survivors = look.members();
        if (look.isEmpty()) {
            observer.seenEmpty();
        } else {
            observer.survived(survivors);
            end();
        }
    }
}
