package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import pm.backend.posix.events.Poller;
import pm.backend.posix.libc.Libc;

/** An epoll(7) instance. Adding and removing is safe from any thread; one thread waits. */
public final class Epoll implements Poller {
    /** sys/epoll.h. */
    private static final int IN = 1;

    private static final int PRIORITY = 2;
    private static final int OUT = 4;
    private static final int ONE_SHOT = 1 << 30;

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

    private static final long WAKEUP_KEY = 0;

    private final Wakeup wakeup;

    /** Makes one. */
    public Epoll() throws KernelException {
        descriptor = Kernel.highDescriptor(Kernel.checked(LinuxLibc.epoll_create1(CLOEXEC), "epoll_create1"));
        Wakeup made = null;
        try {
            made = new Wakeup();
            control(CTL_ADD, made.descriptor(), IN, WAKEUP_KEY);
        } catch (KernelException refused) {
            Kernel.close(descriptor);
            if (made != null) {
                made.close();
            }
            throw refused;
        }
        wakeup = made;
    }

    @Override
    public void add(int watched, Interest interest, long key) throws KernelException {
        control(CTL_ADD, watched, bits(interest), key);
    }

    @Override
    public void addOnce(int watched, Interest interest, long key) throws KernelException {
        control(CTL_ADD, watched, bits(interest) | ONE_SHOT, key);
    }

    @Override
    public void again(int watched, Interest interest, long key) throws KernelException {
        control(CTL_MOD, watched, bits(interest) | ONE_SHOT, key);
    }

    @Override
    public void remove(int watched) throws KernelException {
        control(CTL_DEL, watched, 0, 0);
    }

    private static int bits(Interest interest) {
        return switch (interest) {
            case READABLE -> IN;
            case WRITABLE -> OUT;
            case URGENT -> PRIORITY;
        };
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

    @Override
    public void await(int milliseconds, Sink sink) throws KernelException {
        int count = LinuxLibc.epoll_wait(descriptor, events, AT_ONCE, milliseconds);
        if (count < 0 && Libc.errno() == Errno.EINTR) {
            return;
        }
        Kernel.checked(count, "epoll_wait");
        for (int index = 0; index < count; index++) {
            long key = view.getLong(index * EVENT_SIZE + DATA_OFFSET);
            if (key == WAKEUP_KEY) {
                wakeup.clear();
            } else {
                sink.happened(key);
            }
        }
    }

    @Override
    public void wake() {
        wakeup.signal();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Kernel.close(descriptor);
            wakeup.close();
        }
    }
}
