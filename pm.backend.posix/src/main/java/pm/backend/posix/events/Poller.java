package pm.backend.posix.events;

import pm.backend.posix.libc.LibcException;

/** What waits for many descriptors at once. Adding and removing is safe from any thread; one thread waits. */
public interface Poller extends AutoCloseable {
    /** What is waited for. Errors and hang-ups always are. */
    enum Interest {
        READABLE,
        WRITABLE,
        /** News of the kind that poll(2) calls exceptional; Linux only. */
        URGENT
    }

    /** What was seen. */
    interface Sink {
        /** What was added with this key has something. */
        void happened(long key);
    }

    /** Begins to watch, until it is removed. */
    void add(int descriptor, Interest interest, long key) throws LibcException;

    /** Begins to watch, for one event. */
    void addOnce(int descriptor, Interest interest, long key) throws LibcException;

    /** Watches for one more event what was added for one. */
    void again(int descriptor, Interest interest, long key) throws LibcException;

    /** Ends watching; to be done before the descriptor is closed. */
    void remove(int descriptor) throws LibcException;

    /**
     * Waits.
     *
     * @param milliseconds at most, -1 without end
     */
    void await(int milliseconds, Sink sink) throws LibcException;

    /** Ends the wait that is going on, or the next. From any thread, until it is closed. */
    void wake();

    /** By the thread that waits. Idempotent. */
    @Override
    void close();
}
