package pm.backend.linux.launcher;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.LibcException;

/**
 * A launcher on its way to run a command.
 *
 * @param pid of the launcher, or of who becomes the command in its place
 * @param predecessor the launcher, when it is another
 * @param channel our end of it
 * @param streams of the command
 */
record Attempt(int pid, OptionalInt predecessor, int channel, StandardStreams streams) {
    Attempt(int pid, int channel, StandardStreams streams) {
        this(pid, OptionalInt.empty(), channel, streams);
    }

    /** The same with another child of ours in the place of the launcher, which ends. */
    Attempt handedOverTo(int born) {
        return new Attempt(born, OptionalInt.of(pid), channel, streams);
    }

    /**
     * Waits for what it says next.
     *
     * @return empty when it has closed the channel without a word
     * @throws KernelException when it cannot be read; then this is abandoned already
     */
    Optional<LauncherMessage> nextMessage() throws KernelException {
        ByteBuffer packet = ByteBuffer.allocate(LauncherMessage.SIZE);
        try {
            return Kernel.read(channel, packet) < 0
                    ? Optional.empty()
                    : Optional.of(LauncherMessage.decode(packet.flip()));
        } catch (KernelException | IllegalArgumentException unreadable) {
            abandon();
            throw unreadable;
        }
    }

    /** Tells a launcher that waits to start the command. */
    void go() throws KernelException {
        Kernel.write(channel, Order.GO.encode(0, 0));
    }

    /** The command runs, and nothing more will be said. */
    void succeeded() {
        Kernel.close(channel);
        predecessor.ifPresent(Attempt::reap);
    }

    /** After a failure, or while it waits, the launcher ends by itself once the channel has: reaps it, and leaves nothing open. */
    void abandon() {
        Kernel.close(channel);
        streams.closeOurEnds();
        predecessor.ifPresent(Attempt::reap);
        reap(pid);
    }

    private static void reap(int ending) {
        try {
            Children.await(ending);
        } catch (LibcException reapedByKernel) {
            // ECHILD, with SIGCHLD ignored: it is gone all the same.
        }
    }
}
