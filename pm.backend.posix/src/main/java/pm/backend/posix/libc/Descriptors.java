package pm.backend.posix.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import pm.backend.posix.process.NativeText;

/**
 * Descriptors on every Unix system. Each that is made here is close-on-exec and above the standard streams, whose numbers a child needs
 * for itself. Calls that a signal interrupted are repeated. Safe for use by any thread.
 */
public final class Descriptors {
    /** fcntl.h, the same on Linux and macOS. */
    private static final int WRITE_ONLY = 1;

    private static final int READ_WRITE = 2;
    private static final int GET_DESCRIPTOR_FLAGS = 1;
    private static final int SET_DESCRIPTOR_FLAGS = 2;
    private static final int GET_STATUS_FLAGS = 3;
    private static final int SET_STATUS_FLAGS = 4;
    private static final int FD_CLOEXEC = 1;
    private static final int FILE_MODE = 0666;
    private static final int FIRST_FREE = 3;

    private static final SystemNumbers NUMBERS = SystemNumbers.HERE;

    /** The ends of a pipe. */
    public record Pipe(int readEnd, int writeEnd) {
        /** Closes both. */
        public void close() {
            Descriptors.close(readEnd);
            Descriptors.close(writeEnd);
        }
    }

    private Descriptors() {}

    /** A file that exists, to read. */
    public static int openToRead(Path file) throws LibcException {
        return open(file, 0);
    }

    /** A file, created when it is missing (mode 0666 less umask), to append to or truncated. */
    public static int openToWrite(Path file, boolean append) throws LibcException {
        return open(file, WRITE_ONLY | NUMBERS.create() | (append ? NUMBERS.append() : NUMBERS.truncate()));
    }

    /** A device, to read and write. */
    public static int openDevice(Path file) throws LibcException {
        return open(file, READ_WRITE);
    }

    private static int open(Path file, int flags) throws LibcException {
        byte[] path = NativeText.terminated(file);
        int descriptor;
        do {
            descriptor = VariadicLibc.open(path, flags | NUMBERS.closeOnExec(), FILE_MODE);
        } while (descriptor < 0 && Libc.errno() == Libc.EINTR);
        return high(checked(descriptor, "open " + file));
    }

    /** A pipe. It is close-on-exec a moment after its birth only, since macOS has no pipe2(2). */
    public static Pipe pipe() throws LibcException {
        int[] ends = new int[2];
        checked(Libc.pipe(ends), "pipe");
        int readEnd = high(ends[0]);
        Pipe pipe;
        try {
            pipe = new Pipe(readEnd, high(ends[1]));
        } catch (LibcException refused) {
            close(readEnd);
            throw refused;
        }
        try {
            checked(VariadicLibc.fcntl(pipe.readEnd, SET_DESCRIPTOR_FLAGS, FD_CLOEXEC), "fcntl F_SETFD");
            checked(VariadicLibc.fcntl(pipe.writeEnd, SET_DESCRIPTOR_FLAGS, FD_CLOEXEC), "fcntl F_SETFD");
            return pipe;
        } catch (LibcException refused) {
            pipe.close();
            throw refused;
        }
    }

    private static int high(int descriptor) throws LibcException {
        if (descriptor >= FIRST_FREE) {
            return descriptor;
        }
        int high = VariadicLibc.fcntl(descriptor, NUMBERS.duplicateCloseOnExec(), FIRST_FREE);
        int errno = high < 0 ? Libc.errno() : 0;
        close(descriptor);
        if (high < 0) {
            throw new LibcException("fcntl F_DUPFD_CLOEXEC", errno);
        }
        return high;
    }

    /** Whether there is such a descriptor in this JVM. */
    public static boolean isOpen(int descriptor) {
        return VariadicLibc.fcntl(descriptor, GET_DESCRIPTOR_FLAGS, 0) >= 0;
    }

    /** Makes reading and writing return at once, with what {@link #wouldBlock} recognises where they would have waited. */
    public static void setNonBlocking(int descriptor) throws LibcException {
        int flags = checked(VariadicLibc.fcntl(descriptor, GET_STATUS_FLAGS, 0), "fcntl F_GETFL");
        checked(VariadicLibc.fcntl(descriptor, SET_STATUS_FLAGS, flags | NUMBERS.nonBlocking()), "fcntl F_SETFL");
    }

    /** Closes one. It is freed even when close(2) reports an error, so there is nothing to do about one. */
    public static void close(int descriptor) {
        Libc.close(descriptor);
    }

    /** Whether a call was refused because it would have had to wait. */
    public static boolean wouldBlock(LibcException refused) {
        return refused.errno() == NUMBERS.wouldBlock();
    }

    /**
     * Reads into a buffer.
     *
     * @return how many bytes; -1 at the end, 0 only when the buffer is full
     * @throws LibcException also when a non-blocking descriptor has nothing now
     */
    public static int read(int descriptor, ByteBuffer buffer) throws LibcException {
        if (!buffer.hasRemaining()) {
            return 0;
        }
        long count;
        byte[] bytes = buffer.isDirect() ? null : new byte[buffer.remaining()];
        do {
            count = bytes == null
                    ? Libc.read(descriptor, address(buffer), buffer.remaining())
                    : Libc.read(descriptor, bytes, bytes.length);
        } while (count < 0 && Libc.errno() == Libc.EINTR);
        int read = checked((int) count, "read");
        if (bytes != null) {
            buffer.put(bytes, 0, read);
        } else {
            buffer.position(buffer.position() + read);
        }
        return read == 0 ? -1 : read;
    }

    /**
     * Writes from a buffer.
     *
     * @return how many bytes
     * @throws LibcException also when a non-blocking descriptor takes nothing now
     */
    public static int write(int descriptor, ByteBuffer buffer) throws LibcException {
        if (!buffer.hasRemaining()) {
            return 0;
        }
        long count;
        byte[] bytes = buffer.isDirect() ? null : new byte[buffer.remaining()];
        if (bytes != null) {
            buffer.get(buffer.position(), bytes);
        }
        do {
            count = bytes == null
                    ? Libc.write(descriptor, address(buffer), buffer.remaining())
                    : Libc.write(descriptor, bytes, bytes.length);
        } while (count < 0 && Libc.errno() == Libc.EINTR);
        int written = checked((int) count, "write");
        buffer.position(buffer.position() + written);
        return written;
    }

    private static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer)) + buffer.position();
    }

    private static int checked(int result, String call) throws LibcException {
        if (result < 0) {
            throw new LibcException(call, Libc.errno());
        }
        return result;
    }
}
