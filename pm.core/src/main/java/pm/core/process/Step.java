package pm.core.process;

import java.time.Duration;

/**
 * One piece of work that supervision does for a tree, made before it is needed and run as often as it is asked for. Asking needs no memory, no
 * thread and no descriptor. It never runs twice at the same time: what is asked for while it runs is done after that. When it throws, whatever
 * that is, it is run again after a pause. Safe for use by any thread.
 */
final class Step {
    private enum State {
        IDLE,
        QUEUED,
        RUNNING,
        /** Asked for while it runs. */
        RUNNING_ONCE_MORE
    }

    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

    private final Runnable action;
    private final StepQueue queue;
    private final StepTimer timer;
    /** Guarded by the queue. */
    private State state = State.IDLE;
    /** The next one in the queue; guarded by the queue. */
    private Step behind;
    /** The place in the timer; guarded by it. */
    private final StepTimer.Place place = new StepTimer.Place(this);
    /** Used by the thread that runs it only. */
    private long pause;

    Step(Runnable action, StepQueue queue, StepTimer timer) {
        this.action = action;
        this.queue = queue;
        this.timer = timer;
    }

    /** Runs it as soon as a worker is free. */
    void soon() {
        queue.add(this);
    }

    /** Runs it when the time has passed, counted from now; only the latest call counts. */
    void after(Duration delay) {
        after(delay.toNanos());
    }

    /** Runs it when so many nanoseconds have passed, counted from now; only the latest call counts. */
    void after(long nanos) {
        if (nanos <= 0) {
            timer.remove(place);
            soon();
        } else {
            timer.put(place, System.nanoTime() + nanos);
        }
    }

    /** Forgets about a time that was set. What runs, or is about to, goes on. */
    void cancel() {
        timer.remove(place);
    }

    /** Its place in the timer. */
    StepTimer.Place place() {
        return place;
    }

    /**
     * Runs it on the calling thread.
     *
     * @return what went wrong for the first time; null when nothing did, or when that is known
     */
    Throwable run() {
        try {
            action.run();
            pause = 0;
            return null;
        } catch (Throwable failure) { // a step that is lost is a tree that never ends
            if (failure instanceof OutOfMemoryError) {
                HeapReserve.release();
            }
            boolean known = pause > 0;
            pause = known && !(failure instanceof OutOfMemoryError) ? Math.min(2 * pause, LONGEST_PAUSE) : FIRST_PAUSE;
            timer.put(place, System.nanoTime() + pause);
            return known ? null : failure;
        }
    }

    /** With the lock of the queue; whether it is to be put behind the others. */
    boolean wanted() {
        boolean idle = state == State.IDLE;
        if (idle) {
            state = State.QUEUED;
        } else if (state == State.RUNNING) {
            state = State.RUNNING_ONCE_MORE;
        }
        return idle;
    }

    /** With the lock of the queue: it was taken from it. */
    void begins() {
        state = State.RUNNING;
    }

    /** With the lock of the queue; whether it is to be put behind the others. */
    boolean ends() {
        boolean again = state == State.RUNNING_ONCE_MORE;
        state = again ? State.QUEUED : State.IDLE;
        return again;
    }

    /** With the lock of the queue. */
    Step behind() {
        return behind;
    }

    /** With the lock of the queue. */
    void setBehind(Step next) {
        behind = next;
    }
}
