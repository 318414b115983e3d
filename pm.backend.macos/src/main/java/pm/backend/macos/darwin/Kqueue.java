package pm.backend.macos.darwin;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pm.backend.posix.events.Poller;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;

/** A kqueue(2). Adding and removing is safe from any thread; one thread waits. It is not inherited by fork(2). */
final class Kqueue implements Poller {
    private static final int AT_ONCE = 64;
    private static final int EVENT_SIZE = 32;
    private static final long WAKEUP = 0;
    /** struct timespec: two words. */
    private static final int TIMESPEC_SIZE = 16;
    /** bsd/sys/errno.h. */
    private static final int ENOENT = 2;

    private static final int ESRCH = 3;
    private static final int EINTR = 4;
    private static final int EBADF = 9;

    private final int descriptor;
    private final Memory events = new Memory((long) AT_ONCE * EVENT_SIZE);
    private final Map<Long, Integer> notes = new ConcurrentHashMap<>();
    private boolean closed;

    Kqueue() throws LibcException {
        descriptor = DarwinLibc.kqueue();
        if (descriptor < 0) {
            throw new LibcException("kqueue", Libc.errno());
        }
        try {
            change(WAKEUP, KernelEvent.USER, KernelEvent.ADD | KernelEvent.CLEAR, 0, WAKEUP);
        } catch (LibcException refused) {
            Descriptors.close(descriptor);
            throw refused;
        }
    }

    @Override
    public void add(int watched, Interest interest, long key) throws LibcException {
        change(watched, filter(interest), KernelEvent.ADD, 0, key);
    }

    @Override
    public void addOnce(int watched, Interest interest, long key) throws LibcException {
        change(watched, filter(interest), KernelEvent.ADD | KernelEvent.ONE_SHOT, 0, key);
    }

    /** A one-shot is gone once it was told: it is added anew. */
    @Override
    public void again(int watched, Interest interest, long key) throws LibcException {
        addOnce(watched, interest, key);
    }

    /** Whichever of the two it was watched for. */
    @Override
    public void remove(int watched) throws LibcException {
        removeIfThere(watched, KernelEvent.READ);
        removeIfThere(watched, KernelEvent.WRITE);
    }

    /** Begins to watch a process for forks and its exit. */
    void addProcess(int pid, long key) throws LibcException {
        change(
                pid,
                KernelEvent.PROCESS,
                KernelEvent.ADD | KernelEvent.CLEAR,
                KernelEvent.NOTE_FORK | KernelEvent.NOTE_EXIT,
                key);
    }

    /** Ends that; nothing when it has exited. */
    void removeProcess(int pid) throws LibcException {
        removeIfThere(pid, KernelEvent.PROCESS);
    }

    /** What was told of a process since this was asked last: NOTE_FORK, NOTE_EXIT or both. */
    int takeNotes(long key) {
        Integer noted = notes.remove(key);
        return noted == null ? 0 : noted;
    }

    private void removeIfThere(int ident, short filter) throws LibcException {
        try {
            change(ident, filter, KernelEvent.DELETE, 0, 0);
        } catch (LibcException refused) {
            if (refused.errno() != ENOENT && refused.errno() != ESRCH) {
                throw refused;
            }
        }
    }

    private static short filter(Interest interest) {
        return switch (interest) {
            case READABLE -> KernelEvent.READ;
            case WRITABLE -> KernelEvent.WRITE;
            case URGENT -> throw new IllegalArgumentException("Could not watch for urgent news: kqueue has none");
        };
    }

    /** Not while it is being closed: the number would soon be another file's. */
    private synchronized void change(long ident, short filter, int flags, int fflags, long key) throws LibcException {
        if (closed) {
            throw new LibcException("kevent after close", EBADF);
        }
        try (Memory memory = new Memory(EVENT_SIZE)) {
            KernelEvent change = new KernelEvent(memory);
            change.ident = ident;
            change.filter = filter;
            change.flags = (short) flags;
            change.fflags = fflags;
            change.udata = key;
            change.write();
            if (DarwinLibc.kevent(descriptor, memory, 1, null, 0, null) < 0) {
                throw new LibcException("kevent", Libc.errno());
            }
        }
    }

    @Override
    public void await(int milliseconds, Sink sink) throws LibcException {
        int count;
        try (Memory timeout = new Memory(TIMESPEC_SIZE)) {
            timeout.setLong(0, milliseconds / 1000);
            timeout.setLong(Long.BYTES, milliseconds % 1000 * 1_000_000L);
            Pointer patience = milliseconds < 0 ? null : timeout;
            count = DarwinLibc.kevent(descriptor, null, 0, events, AT_ONCE, patience);
        }
        if (count < 0 && Libc.errno() == EINTR) {
            return;
        }
        if (count < 0) {
            throw new LibcException("kevent", Libc.errno());
        }
        for (int index = 0; index < count; index++) {
            KernelEvent event = new KernelEvent(events.share((long) index * EVENT_SIZE, EVENT_SIZE));
            event.read();
            if (event.filter == KernelEvent.PROCESS) {
                notes.merge(event.udata, event.fflags, (one, other) -> one | other);
            }
            if (event.filter != KernelEvent.USER) {
                sink.happened(event.udata);
            }
        }
    }

    @Override
    public void wake() {
        try {
            change(WAKEUP, KernelEvent.USER, 0, KernelEvent.NOTE_TRIGGER, WAKEUP);
        } catch (LibcException closedMeanwhile) {
            // Then nobody waits any more.
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Descriptors.close(descriptor);
        }
    }
}
