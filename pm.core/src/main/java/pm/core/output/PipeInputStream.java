package pm.core.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import pm.spi.PipeReader;

/**
 * A child's output, read in the caller's own thread. What nobody reads stays in the pipe. After the end of the tree what is left in the pipe
 * can be read, then comes the end of the stream, even if a process outside of the tree holds the pipe. Reads of several threads take turns;
 * {@link #close()} from another thread ends a waiting read with an {@link IOException}, an interrupt with
 * {@link java.io.InterruptedIOException}.
 */
final class PipeInputStream extends InputStream implements OutputEnd {
    /** Small reads take a piece of this size from the pipe: a system call for each byte would be slow. */
    private static final int PIECE = 8 * 1024;

    private final PipeReader pipe;
    private final Activity activity;
    private final Readiness readiness;
    /** Held by the thread that reads, also while it waits: it protects nothing but the order of reads. */
    private final Lock turn = new ReentrantLock();

    private ByteBuffer ahead = ByteBuffer.allocate(0);
    private volatile boolean ended;
    private volatile boolean watched;

    PipeInputStream(PipeReader pipe, Activity activity) {
        this.pipe = pipe;
        this.activity = activity;
        this.readiness = new Readiness(pipe::whenReady);
    }

    /** Notes activity even while nobody reads: for idle timeouts. */
    void watch() {
        watched = true;
        readiness.arm();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        turn.lock();
        try {
            requireOpen();
            if (!ahead.hasRemaining() && length >= PIECE) {
                return fill(ByteBuffer.wrap(bytes, offset, length), true);
            }
            if (!ahead.hasRemaining() && readAhead(true) < 0) {
                return -1;
            }
            int count = Math.min(length, ahead.remaining());
            ahead.get(bytes, offset, count);
            return count;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public int available() throws IOException {
        requireOpen();
        // A thread that waits in a read holds the turn: then nothing is there.
        if (!turn.tryLock()) {
            return 0;
        }
        try {
            if (!ahead.hasRemaining()) {
                readAhead(false);
            }
            return ahead.remaining();
        } finally {
            turn.unlock();
        }
    }

    private int readAhead(boolean wait) throws IOException {
        ByteBuffer buffer = ahead.capacity() == 0 ? ByteBuffer.allocate(PIECE) : ahead.clear();
        try {
            return fill(buffer, wait);
        } finally {
            ahead = buffer.flip();
        }
    }

    private int fill(ByteBuffer buffer, boolean wait) throws IOException {
        while (!ended) {
            // Asked before the read: what was written before the end of the tree is then seen by the read.
            boolean last = readiness.isTreeGone();
            int count = readOnce(buffer);
            if (count > 0) {
                activity.mark();
                if (watched) {
                    readiness.arm();
                }
                return count;
            }
            if (count < 0 || last) {
                ended = true;
                pipe.close();
            } else if (wait) {
                readiness.await();
                requireOpen();
            } else {
                return 0;
            }
        }
        return -1;
    }

    private int readOnce(ByteBuffer buffer) throws IOException {
        try {
            return pipe.read(buffer);
        } catch (IOException e) {
            requireOpen();
            throw e;
        }
    }

    private void requireOpen() throws IOException {
        if (readiness.isClosed()) {
            throw new IOException("Stream closed");
        }
    }

    @Override
    public boolean isBehind() {
        return !ended && readiness.isReady();
    }

    @Override
    public CompletableFuture<Void> treeGone() {
        readiness.treeGone();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isOpen() {
        return !ended && !readiness.isClosed();
    }

    @Override
    public void close() {
        if (readiness.close()) {
            pipe.close();
        }
    }
}
