package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An eventfd(2) by which any thread wakes the one that waits in an {@link Epoll}. */
public final class Wakeup implements AutoCloseable {
    private static final int CLOEXEC_NONBLOCK = Kernel.O_CLOEXEC | Kernel.O_NONBLOCK;

    private final int descriptor;

    /** Makes one. */
    public Wakeup() throws KernelException {
        descriptor = Kernel.highDescriptor(Kernel.checked(LinuxLibc.eventfd(0, CLOEXEC_NONBLOCK), "eventfd"));
    }

    /** To be watched until it is readable. */
    public int descriptor() {
        return descriptor;
    }

    /** Makes it readable. */
    public void signal() {
        try {
            Kernel.write(
                    descriptor,
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putLong(0, 1));
        } catch (KernelException full) {
            // EAGAIN: the counter is at its maximum, so it is readable already.
        }
    }

    /** Makes it unreadable. */
    public void clear() {
        try {
            Kernel.read(descriptor, ByteBuffer.allocate(Long.BYTES));
        } catch (KernelException empty) {
            // EAGAIN: nobody has signalled.
        }
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
