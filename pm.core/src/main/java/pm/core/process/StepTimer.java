package pm.core.process;

/**
 * Lets time pass, and then hands steps on. A pairing heap of places that belong to the steps: it needs no memory, however many there are. Safe
 * for use by any thread.
 */
final class StepTimer {
    /** Where a step is in the heap. Guarded by the timer. */
    static final class Place {
        private final Step step;
        private long due;
        private boolean taken;
        private Place child;
        private Place next;
        /** The one before it among its siblings, or for the first of them the parent. */
        private Place previous;

        Place(Step step) {
            this.step = step;
        }
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Place root;
    private boolean closed;

    /** Hands the step on when the time has come; another time that was set for it is forgotten. */
    synchronized void put(Place place, long due) {
        if (closed) {
            return;
        }
        detach(place);
        place.due = due;
        place.taken = true;
        root = merged(root, place);
        if (root == place) {
            notifyAll();
        }
    }

    /** Forgets the time of a step, if there is one. */
    synchronized void remove(Place place) {
        detach(place);
    }

    /** Hands steps on until it is closed. */
    void work() {
        for (Step step = take(); step != null; step = take()) {
            step.soon();
        }
    }

    private synchronized Step take() {
        while (!closed) {
            long left = root == null ? Long.MAX_VALUE : root.due - System.nanoTime();
            if (left <= 0) {
                Step due = root.step;
                detach(root);
                return due;
            }
            // Rounded up, so that it is not woken a moment too early; 0 is without end.
            try {
                wait(root == null ? 0 : (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
            } catch (InterruptedException mistake) {
                // Nobody has a reason to interrupt this thread: it looks, and waits again.
            }
        }
        return null;
    }

    /** Hands nothing on any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void detach(Place place) {
        if (!place.taken) {
            return;
        }
        Place children = merged(place.child);
        if (place == root) {
            root = children;
        } else {
            if (place.previous.child == place) {
                place.previous.child = place.next;
            } else {
                place.previous.next = place.next;
            }
            if (place.next != null) {
                place.next.previous = place.previous;
            }
            root = merged(root, children);
        }
        place.taken = false;
        place.child = null;
        place.next = null;
        place.previous = null;
    }

    /** Of two roots without siblings, either of which may be missing. */
    private static Place merged(Place one, Place other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        // nanoTime may overflow: only differences mean anything.
        boolean inOrder = one.due - other.due <= 0;
        Place parent = inOrder ? one : other;
        Place child = inOrder ? other : one;
        child.previous = parent;
        child.next = parent.child;
        if (child.next != null) {
            child.next.previous = child;
        }
        parent.child = child;
        return parent;
    }

    /** Of siblings: in pairs, and then all pairs. */
    private static Place merged(Place siblings) {
        Place pairs = null;
        Place rest = siblings;
        while (rest != null) {
            Place one = rest;
            Place other = one.next;
            rest = other == null ? null : other.next;
            alone(one);
            alone(other);
            Place pair = merged(one, other);
            pair.next = pairs;
            pairs = pair;
        }
        Place all = null;
        while (pairs != null) {
            Place pair = pairs;
            pairs = pair.next;
            alone(pair);
            all = merged(all, pair);
        }
        return all;
    }

    private static void alone(Place place) {
        if (place != null) {
            place.next = null;
            place.previous = null;
        }
    }
}
