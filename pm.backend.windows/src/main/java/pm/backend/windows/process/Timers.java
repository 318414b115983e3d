package pm.backend.windows.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Tasks for later. Safe for use by any thread. */
final class Timers {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long added;

    private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            // nanoTime may overflow: only differences mean anything.
            int byTime = Long.signum(due - other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    synchronized void add(Duration delay, Runnable task) {
        queue.add(new Timer(System.nanoTime() + delay.toNanos(), added++, task));
    }

    /** Milliseconds until the next is due, -1 when there is none. Rounded up, so that nobody is woken a moment too early and spins. */
    synchronized int patience() {
        Timer next = queue.peek();
        if (next == null) {
            return -1;
        }
        long left = Math.max(0, next.due - System.nanoTime() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** Those whose time has come, in order. */
    synchronized List<Runnable> takeDue() {
        List<Runnable> due = new ArrayList<>();
        while (!queue.isEmpty() && queue.peek().due - System.nanoTime() <= 0) {
            due.add(queue.poll().task);
        }
        return due;
    }
}
