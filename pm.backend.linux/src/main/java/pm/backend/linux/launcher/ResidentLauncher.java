package pm.backend.linux.launcher;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import pm.api.ExitStatus;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.process.Child;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.Watch;

/**
 * A launcher that stays, at the other end of a channel. Its orders are packets that are sent at once or not at all. The channel stays open
 * until the launcher has ended, since its end is an order to kill. Safe for use by any thread.
 */
final class ResidentLauncher {
    private final int channel;
    private final Listener listener;
    private final AtomicInteger lastSequence = new AtomicInteger();
    private final Child child;
    private Watch watch;
    private boolean closed;

    /** Hears a launcher, on the exit watcher's thread. */
    interface Listener {
        /** It said something. */
        void heard(LauncherMessage message);

        /** It has ended, was reaped, and everything it said was heard. */
        void ended(ExitStatus status);
    }

    /**
     * Takes care of a launcher that was just started.
     *
     * @param channel our end of it; ours from now on, also when this fails
     * @throws KernelException when it cannot be watched; then it was killed and reaped, and its channel is closed
     */
    ResidentLauncher(int pid, int channel, ExitWatcher exits, Listener listener) throws KernelException {
        this.channel = channel;
        this.listener = listener;
        synchronized (this) {
            Child adopted = null;
            try {
                adopted = Child.adopt(pid, true, exits, ended -> end(ended.status()));
                Kernel.setNonBlocking(channel);
                watch = exits.onReadable(channel, this::hear);
            } catch (KernelException refused) {
                closeChannel();
                throw refused;
            }
            child = adopted;
        }
    }

    /** Its pid. */
    int pid() {
        return child.pid();
    }

    /**
     * Gives an order.
     *
     * @return its sequence number, which the answer repeats
     * @throws KernelException when the launcher is gone (EPIPE), or does not take any (EAGAIN)
     */
    synchronized int send(Order order, int value) throws KernelException {
        if (closed) {
            throw new KernelException("write to the launcher", Errno.EPIPE);
        }
        int sequence = lastSequence.incrementAndGet();
        Kernel.write(channel, order.encode(value, sequence));
        return sequence;
    }

    /** Signals the launcher itself. */
    boolean signal(int signal) throws KernelException {
        return child.signal(signal);
    }

    private void hear() {
        for (LauncherMessage message = receive(); message != null; message = receive()) {
            listener.heard(message);
        }
    }

    /** The next message; null when there is none now. */
    private synchronized LauncherMessage receive() {
        if (closed) {
            return null;
        }
        ByteBuffer packet = ByteBuffer.allocate(LauncherMessage.SIZE);
        try {
            if (Kernel.read(channel, packet) > 0) {
                return LauncherMessage.decode(packet.flip());
            }
        } catch (KernelException nothing) {
            if (nothing.errno() == Errno.EAGAIN) {
                return null;
            }
        }
        // Its end: level-triggered, so it would be told for ever. The channel itself stays until the launcher is
        // reaped.
        watch.close();
        return null;
    }

    private void end(ExitStatus status) {
        hear();
        closeChannel();
        listener.ended(status);
    }

    private synchronized void closeChannel() {
        if (!closed) {
            closed = true;
            if (watch != null) {
                watch.close();
            }
            Kernel.close(channel);
        }
    }
}
