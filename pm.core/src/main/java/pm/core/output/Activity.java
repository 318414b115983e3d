package pm.core.output;

/** When a child was last seen to write. Safe for use by any thread. */
final class Activity {
    private volatile long last = System.nanoTime();

    void mark() {
        last = System.nanoTime();
    }

    /** The value of {@link System#nanoTime()} then. */
    long last() {
        return last;
    }
}
