package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import pm.backend.posix.libc.Libc;

/** An eventfd(2) by which any thread wakes the one that waits in an {@link Epoll}. */
public final class Wakeup implements AutoCloseable {
    private static final int CLOEXEC_NONBLOCK = Kernel.O_CLOEXEC | Kernel.O_NONBLOCK;

    /** The number 1 in the order of bytes of this processor; only read. */
    private static final byte[] ONE = ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.nativeOrder())
            .putLong(0, 1)
            .array();

    private final int descriptor;
    private final byte[] count = new byte[Long.BYTES];

    /** Makes one. */
    public Wakeup() throws KernelException {
        descriptor = Kernel.highDescriptor(Kernel.checked(LinuxLibc.eventfd(0, CLOEXEC_NONBLOCK), "eventfd"));
    }

    /** To be watched until it is readable. */
    public int descriptor() {
        return descriptor;
    }

    /** Makes it readable. Needs no memory. */
    public void signal() {
        // EAGAIN: the counter is at its maximum, so it is readable already.
        long written = Libc.write(descriptor, ONE, Long.BYTES);
        assert written == Long.BYTES || written < 0;
    }

    /** Makes it unreadable; by one thread. Needs no memory. */
    public void clear() {
        // EAGAIN: nobody has signalled.
        long read = Libc.read(descriptor, count, Long.BYTES);
        assert read == Long.BYTES || read < 0;
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
