package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import pm.backend.posix.libc.Libc;

/** An epoll(7) instance. Adding and removing is safe from any thread; one thread waits. */
public final class Epoll implements AutoCloseable {
    /** sys/epoll.h. */
    public static final int IN = 1;

    public static final int PRIORITY = 2;
    public static final int OUT = 4;
    public static final int ONE_SHOT = 1 << 30;

    private static final int CLOEXEC = 0x80000;
    private static final int CTL_ADD = 1;
    private static final int CTL_DEL = 2;
    private static final int CTL_MOD = 3;
    /** struct epoll_event {uint32_t events; uint64_t data} is packed on x86-64 only. */
    private static final int DATA_OFFSET = Processor.IS_AARCH64 ? 8 : 4;

    private static final int EVENT_SIZE = DATA_OFFSET + 8;

    private static final int AT_ONCE = 64;

    private final int descriptor;
    private final byte[] events = new byte[AT_ONCE * EVENT_SIZE];
    private boolean closed;
    private final ByteBuffer view = ByteBuffer.wrap(events).order(ByteOrder.nativeOrder());

    /** What was seen. */
    public interface Sink {
        /** The descriptor that was added with this key has something. */
        void happened(long key);
    }

    /** Makes one. */
    public Epoll() throws KernelException {
        descriptor = Kernel.highDescriptor(Kernel.checked(LinuxLibc.epoll_create1(CLOEXEC), "epoll_create1"));
    }

    /** Begins to watch. Errors and hang-ups are always watched. */
    public void add(int watched, int interest, long key) throws KernelException {
        control(CTL_ADD, watched, interest, key);
    }

    /** Changes what is watched, or arms a one-shot again. */
    public void change(int watched, int interest, long key) throws KernelException {
        control(CTL_MOD, watched, interest, key);
    }

    /** Ends watching; to be done before the descriptor is closed. */
    public void remove(int watched) throws KernelException {
        control(CTL_DEL, watched, 0, 0);
    }

    /** Not while it is being closed: the number would soon be another file's. */
    private synchronized void control(int operation, int watched, int interest, long key) throws KernelException {
        if (closed) {
            throw new KernelException("epoll_ctl after close", Errno.EBADF);
        }
        byte[] event = new byte[EVENT_SIZE];
        ByteBuffer.wrap(event)
                .order(ByteOrder.nativeOrder())
                .putInt(0, interest)
                .putLong(DATA_OFFSET, key);
        Kernel.checked(LinuxLibc.epoll_ctl(descriptor, operation, watched, event), "epoll_ctl");
    }

    /**
     * Waits.
     *
     * @param milliseconds at most, -1 without end
     */
    public void await(int milliseconds, Sink sink) throws KernelException {
        int count = LinuxLibc.epoll_wait(descriptor, events, AT_ONCE, milliseconds);
        if (count < 0 && Libc.errno() == Errno.EINTR) {
            return;
        }
        Kernel.checked(count, "epoll_wait");
        for (int index = 0; index < count; index++) {
            sink.happened(view.getLong(index * EVENT_SIZE + DATA_OFFSET));
        }
    }

    /** By the thread that waits. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Kernel.close(descriptor);
        }
    }
}
