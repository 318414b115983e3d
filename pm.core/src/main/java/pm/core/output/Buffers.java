package pm.core.output;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A few direct buffers that all pipes of a manager share, since only so many are read at a time. Safe for use by any thread. */
public final class Buffers {
    /** The default capacity of a pipe on Linux (pipe(7)): more is seldom there at once. */
    private static final int SIZE = 64 * 1024;

    private static final int KEPT = 4;

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT);

    /** An empty buffer, to be given back. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    /** Gives it back; beyond a few they are left to the garbage collector. */
    void giveBack(ByteBuffer buffer) {
        boolean kept = free.offer(buffer);
        assert kept || free.remainingCapacity() == 0;
    }
}
