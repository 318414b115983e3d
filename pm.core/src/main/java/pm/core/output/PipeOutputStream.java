package pm.core.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import pm.spi.PipeWriter;

/**
 * A child's input, written in the caller's own thread, without a buffer. A write waits while the pipe is full. Writes of several threads take
 * turns; {@link #close()} from another thread ends a waiting write with an {@link IOException}, an interrupt with
 * {@link java.io.InterruptedIOException}.
 */
final class PipeOutputStream extends OutputStream {
    private final PipeWriter pipe;
    private final Readiness readiness;
    /** Held by the thread that writes, also while it waits: it protects nothing but the order of writes. */
    private final Lock turn = new ReentrantLock();

    PipeOutputStream(PipeWriter pipe) {
        this.pipe = pipe;
        this.readiness = new Readiness(pipe::whenReady);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        turn.lock();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                requireOpen();
                if (writeOnce(buffer) == 0) {
                    readiness.await();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private int writeOnce(ByteBuffer buffer) throws IOException {
        try {
            return pipe.write(buffer);
        } catch (IOException e) {
            requireOpen();
            throw new IOException("Broken pipe", e);
        }
    }

    private void requireOpen() throws IOException {
        // Asked for first: a tree that goes says so before its stream is closed.
        boolean closed = readiness.isClosed();
        if (readiness.isTreeGone()) {
            throw new IOException("Broken pipe");
        }
        if (closed) {
            throw new IOException("Stream closed");
        }
    }

    /** Nobody reads any more. */
    void treeGone() {
        readiness.treeGone();
        close();
    }

    @Override
    public void close() {
        if (readiness.close()) {
            pipe.close();
        }
    }
}
