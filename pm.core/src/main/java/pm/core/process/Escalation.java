package pm.core.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.ProcessTree;
import pm.api.Signal;
import pm.spi.BackendException;
import pm.spi.Containment;

/**
 * Ends one tree: terminate, wait, kill, wait, last resort, wait, report. Every wait ends when the tree is empty, whatever became of its
 * leader. Steps are taken on workers, one at a time; the timer only starts them. Safe for use by any thread.
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

    private final Containment containment;
    private final TreeLook look;
    private final Journal journal;
    private final SupervisionThreads threads;
    private final Observer observer;
    private final Receipt receipt = new Receipt();
    private final EscalationPlan plan = new EscalationPlan();
    private Demand first;
    private Future<?> wait;
    private boolean begun;
    private boolean acting;
    private boolean over;
    private volatile Cause cause;

    Escalation(Containment containment, Journal journal, SupervisionThreads threads, Observer observer) {
        this.containment = containment;
        this.look = new TreeLook(containment, journal);
        this.journal = journal;
        this.threads = threads;
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
        proceed();
    }

    /** The tree is empty: nothing more is done. */
    synchronized void end() {
        over = true;
        cancelWait();
    }

    /** Kills once more what survived all steps. On a worker. */
    void again() {
        receipt.seen(EscalationStep.KILL, look.members());
        attempt(containment::kill);
        receipt.seen(EscalationStep.LAST_RESORT, look.members());
        attempt(containment::lastResort);
    }

    /** What was ended up to now. */
    Receipt receipt() {
        return receipt;
    }

    /** Takes the next step, or waits for its time. Called with the lock held; only hands on. */
    private void proceed() {
        if (acting || over) {
            return;
        }
        cancelWait();
        long due = plan.dueIn(System.nanoTime());
        if (due <= 0) {
            acting = true;
            threads.work(this::act);
        } else {
            wait = threads.after(Duration.ofNanos(due), this::waited);
        }
    }

    private synchronized void waited() {
        proceed();
    }

    private void cancelWait() {
        if (wait != null) {
            wait.cancel(false);
            wait = null;
        }
    }

    private void act() {
        if (look.isEmpty()) {
            // Nothing is left to do, also when the exit watcher has not said so yet.
            observer.seenEmpty();
            return;
        }
        announceBeginning();
        Optional<EscalationStep> step;
        Waits waits;
        synchronized (this) {
            step = over ? Optional.empty() : plan.take();
            waits = plan.waits();
            if (over) {
                return;
            }
        }
        if (step.isEmpty()) {
            giveUp();
            return;
        }
        take(step.get(), waits);
        synchronized (this) {
            acting = false;
            plan.taken(System.nanoTime());
            proceed();
        }
    }

    private void announceBeginning() {
        Demand beginning;
        synchronized (this) {
            beginning = begun || over ? null : first;
            begun = true;
        }
        if (beginning != null) {
            cause = observer.begins(beginning);
        }
    }

    private void take(EscalationStep step, Waits waits) {
        List<ProcessTree.Node> before = look.members();
        receipt.seen(step, before);
        switch (step) {
            case TERMINATE -> {
                journal.escalated(step, cause, waits.terminate(), Optional.empty());
                if (waits.signal() == Signal.KILL) {
                    observer.kills();
                }
                attempt(() -> containment.terminate(waits.signal()));
            }
            case KILL -> {
                journal.tree("before kill", () -> before);
                journal.escalated(step, cause, waits.kill(), Optional.empty());
                observer.kills();
                attempt(containment::kill);
                journal.tree("after kill", look::members);
            }
            case LAST_RESORT -> journal.escalated(step, cause, waits.lastResort(), lastResort());
        }
    }

    private void attempt(Action action) {
        try {
            action.run();
        } catch (BackendException | RuntimeException e) {
            // The next step is taken all the same.
            journal.warnOnce("Could not end the tree: " + e.getMessage());
        }
    }

    private Optional<String> lastResort() {
        try {
            return containment.lastResort();
        } catch (BackendException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
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
            end();
            observer.survived(survivors);
        }
    }
}
