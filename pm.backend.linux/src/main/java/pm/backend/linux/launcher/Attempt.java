package pm.backend.linux.launcher;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.posix.libc.Children.Reaped;

/**
 * A launcher on its way to run a command.
 *
 * @param pid of the launcher, or of who becomes the command in its place
 * @param predecessor the launcher, when it is another
 * @param channel our end of it
 * @param streams of the command
 */
record Attempt(int pid, OptionalInt predecessor, int channel, StandardStreams streams) {
    /** Beyond this a start has failed: a program on a file system that hangs, or a launcher that somebody stops whenever it is woken. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The command may have stopped its launcher, or another process of the same user: so often it is woken. */
    private static final Duration BETWEEN_WAKES = Duration.ofMillis(100);

    Attempt(int pid, int channel, StandardStreams streams) {
        this(pid, OptionalInt.empty(), channel, streams);
    }

    /** The same with a child of ours that becomes the command: the launcher itself, or another in its place while it ends. */
    Attempt handedOverTo(int born) {
        return born == pid ? this : new Attempt(born, OptionalInt.of(pid), channel, streams);
    }

    /**
     * Waits for what it says next.
     *
     * @return empty when it has closed the channel without a word
     * @throws KernelException when it cannot be read, or nothing is said for a minute; then this is abandoned already
     */
    Optional<LauncherMessage> nextMessage() throws KernelException {
        ByteBuffer packet = ByteBuffer.allocate(LauncherMessage.SIZE);
        try {
            awaitWord();
            return Kernel.read(channel, packet) < 0
                    ? Optional.empty()
                    : Optional.of(LauncherMessage.decode(packet.flip()));
        } catch (KernelException | IllegalArgumentException unreadable) {
            abandon();
            throw unreadable;
        }
    }

    private void awaitWord() throws KernelException {
        long begin = System.nanoTime();
        while (!Kernel.awaitReadable(channel, BETWEEN_WAKES)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new KernelException("wait for the launcher " + pid, Errno.ETIMEDOUT);
            }
            new Ending(pid).wake();
            predecessor.ifPresent(launcher -> new Ending(launcher).wake());
        }
    }

    /** Tells a launcher that waits to start the command. */
    void go() throws KernelException {
        Kernel.write(channel, Order.GO.encode(0, 0));
    }

    /** The command runs, and nothing more will be said. */
    void succeeded() {
        Kernel.close(channel);
        predecessor.ifPresent(launcher -> new Ending(launcher).await());
    }

    /**
     * After a failure, or while it waits, the launcher ends by itself once the channel has: reaps it, and leaves nothing open.
     *
     * @return how it ended, if that is known
     */
    Optional<Reaped> abandon() {
        Kernel.close(channel);
        streams.closeOurEnds();
        predecessor.ifPresent(launcher -> new Ending(launcher).await());
        return new Ending(pid).await();
    }
}
