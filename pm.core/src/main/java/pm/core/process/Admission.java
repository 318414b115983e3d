package pm.core.process;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Counts the places of a manager: exact under contention, and refuses at once instead of queueing. A place is taken before anything is
 * started, and given back when the tree is proven gone. The lock is held for the arithmetic only.
 */
final class Admission {
    /** The answer to {@link #enter()}. */
    enum Answer {
        /** A place was taken. */
        ADMITTED,
        /** Every place is taken. */
        FULL,
        /** Nothing is started any more. */
        CLOSED
    }

    private final IntSupplier places;
    private final IntConsumer activeChanged;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private int taken;
    private int starting;
    private boolean closed;

    /**
     * Everything free.
     *
     * @param places how many there are at the moment; fewer than are taken only means that nothing is admitted for a while
     * @param activeChanged told the new number of taken places after each change, outside of the lock
     */
    Admission(IntSupplier places, IntConsumer activeChanged) {
        this.places = places;
        this.activeChanged = activeChanged;
    }

    /** Takes a place for a process that is about to start: {@link #started()} or {@link #failed()} must follow. */
    Answer enter() {
        int now;
        synchronized (this) {
            if (closed) {
                return Answer.CLOSED;
            }
            if (taken >= places.getAsInt()) {
                return Answer.FULL;
            }
            starting++;
            now = ++taken;
        }
        activeChanged.accept(now);
        return Answer.ADMITTED;
    }

    /** The process runs and is registered. */
    void started() {
        boolean last;
        synchronized (this) {
            starting--;
            last = closed && starting == 0;
        }
        if (last) {
            settled.complete(null);
        }
    }

    /** The process did not start: its place is free again. */
    void failed() {
        leave();
        started();
    }

    /** The tree is proven gone: its place is free again. */
    void leave() {
        int now;
        synchronized (this) {
            now = --taken;
        }
        activeChanged.accept(now);
    }

    /**
     * Admits nothing from now on.
     *
     * @return completes when no start is under way any more: what was started is registered then
     */
    CompletableFuture<Void> close() {
        boolean nothingStarting;
        synchronized (this) {
            closed = true;
            nothingStarting = starting == 0;
        }
        if (nothingStarting) {
            settled.complete(null);
        }
        return settled;
    }

    /** How many places are taken. */
    synchronized int taken() {
        return taken;
    }

    /** How many places there are. */
    int places() {
        return places.getAsInt();
    }
}
