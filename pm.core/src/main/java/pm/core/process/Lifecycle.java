package pm.core.process;

import java.time.Duration;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.ExitStatus;

/**
 * The state of one tree and what may follow on what. Holds no process and calls nobody: every method is one short, atomic step. Safe for use
 * by any thread.
 *
 * <pre>
 * RUNNING --leader ended and tree empty--> EMPTY --concluded--> ENDED
 *    |                                       ^
 *    +--survived every step--> SURVIVED -----+  (found empty later)
 * </pre>
 */
final class Lifecycle {
    /** Where a tree is. */
    enum Phase {
        /** Something may live. */
        RUNNING,
        /** Every step was taken, and it is not known to be empty. */
        SURVIVED,
        /** Nothing lives; what is left to do is being done. */
        EMPTY,
        /** All is done. */
        ENDED
    }

    /** The signal of the kernel's out-of-memory killer (signal(7)). */
    private static final int SIGKILL = 9;

    private final Descendants descendants;
    private Phase phase = Phase.RUNNING;
    private Cause cause;
    private ExitStatus exit;
    private boolean empty;
    private boolean orphansSeen;
    private long endingSince;
    private boolean ending;
    private long emptySince;
    private boolean shortOfMemory;
    private boolean shortOfMemoryFirst;
    private boolean killed;

    Lifecycle(Descendants descendants) {
        this.descendants = descendants;
    }

    /** The leader has ended by whatever cause. */
    synchronized void leaderEnded(ExitStatus status) {
        exit = status;
        markEnding();
        if (descendants == Descendants.END && cause == null) {
            cause = causeOfItsOwn();
        }
    }

    private Cause causeOfItsOwn() {
        return exit instanceof ExitStatus.Unknown ? Cause.LOST : Cause.EXITED;
    }

    /** Whether the leader's end is what set the end of the tree going. */
    synchronized boolean endedByLeader() {
        return exit != null && (cause == Cause.EXITED || cause == Cause.LOST);
    }

    /** The system says that nothing lives inside. */
    synchronized void foundEmpty() {
        if (!empty) {
            empty = true;
            emptySince = System.nanoTime();
        }
    }

    /**
     * The escalation begins.
     *
     * @return whether the demand is what set the end going
     */
    synchronized boolean beginsEnding(Cause demanded) {
        markEnding();
        boolean first = cause == null;
        if (first) {
            cause = demanded;
        }
        return first;
    }

    private void markEnding() {
        if (!ending) {
            ending = true;
            endingSince = System.nanoTime();
        }
    }

    /** Descendants that outlived the leader were seen, and are being ended. */
    synchronized void seeOrphans() {
        orphansSeen = true;
    }

    /** Whether descendants that outlived the leader were seen. */
    synchronized boolean orphansSeen() {
        return orphansSeen;
    }

    /** Whether the tree is empty and nobody has told of its leader yet. */
    synchronized boolean missesLeader() {
        return empty && exit == null;
    }

    /** Nobody will tell any more how the leader ended. */
    synchronized void leaderLost() {
        if (exit == null) {
            leaderEnded(new ExitStatus.Unknown("nobody told before the tree was found empty"));
        }
    }

    /** True once: when leader and tree have both ended, and the conclusion is to be drawn by the caller. */
    synchronized boolean concludes() {
        boolean ready = empty && exit != null && (phase == Phase.RUNNING || phase == Phase.SURVIVED);
        if (ready) {
            phase = Phase.EMPTY;
            cause = cause == null ? causeOfItsOwn() : cause;
        }
        return ready;
    }

    /** True once, when every step was taken in vain. */
    synchronized boolean survives() {
        boolean changed = phase == Phase.RUNNING;
        if (changed) {
            phase = Phase.SURVIVED;
        }
        return changed;
    }

    /** The conclusion was drawn, after {@link #concludes()}. */
    synchronized void ends() {
        phase = Phase.ENDED;
    }

    /** The kernel has killed in the tree for want of memory. */
    synchronized void shortOfMemory() {
        shortOfMemory = true;
        shortOfMemoryFirst |= cause == null;
    }

    /** pm is about to send SIGKILL. */
    synchronized void kills() {
        killed |= exit == null;
    }

    /**
     * All that is to be known is known: a leader that died of SIGKILL, and not of ours, when the kernel killed for want of memory, died of
     * that, unless something else had set the end going before.
     */
    synchronized void settleCause() {
        if (shortOfMemory && diedOfSigkill() && !killed && (cause == Cause.EXITED || shortOfMemoryFirst)) {
            cause = Cause.OUT_OF_MEMORY;
        }
    }

    private boolean diedOfSigkill() {
        return exit instanceof ExitStatus.Signalled signalled && signalled.signal() == SIGKILL;
    }

    synchronized Phase phase() {
        return phase;
    }

    /** What set the end going; null while nothing has. */
    synchronized Cause cause() {
        return cause;
    }

    /** The leader's end; null while it is not known. */
    synchronized ExitStatus exit() {
        return exit;
    }

    /** From the leader's end or the first step until the tree was empty, or until now. */
    synchronized Duration endingTime() {
        return Duration.ofNanos((empty ? emptySince : System.nanoTime()) - (ending ? endingSince : emptySince));
    }

    /** From the start until the tree was empty, or until now. */
    synchronized Duration lifeTime(long startNanos) {
        return Duration.ofNanos((empty ? emptySince : System.nanoTime()) - startNanos);
    }
}
