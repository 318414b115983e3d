package pm.core.process;

/**
 * Memory that is kept for the end of trees when the heap is full: one for all managers of this JVM. It is released when a step of supervision
 * was refused memory, so that the step can be done the next time, and taken again when something is started. Safe for use by any thread.
 */
final class HeapReserve {
    /** A step needs a few kilobytes, and a look at a large tree some hundred. */
    private static final int SIZE = 512 * 1024;

    private static volatile byte[] kept;

    private HeapReserve() {}

    /** Takes it, when there is memory. */
    static void fill() {
        if (kept == null) {
            try {
                kept = new byte[SIZE];
            } catch (OutOfMemoryError full) {
                // Whoever starts something next tries again.
                return;
            }
        }
    }

    /** Gives it up. Needs no memory. */
    static void release() {
        kept = null;
    }
}
