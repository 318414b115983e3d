package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.process.NativeText;

/**
 * System calls on descriptors, folders and processes. Every descriptor made here is close-on-exec from birth
 * and above the standard streams, whose numbers a child needs for itself. Calls that a signal
 * interrupted are repeated. Safe for use by any thread.
 */
public final class Kernel {
    /** For {@link #open} and {@link #openAt}; asm-generic/fcntl.h. */
    public static final int O_RDONLY = 0;

    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    /** On aarch64 two flags are swapped: arch/arm64/include/uapi/asm/fcntl.h. */
    /** linux/prctl.h */
    private static final int PR_GET_CHILD_SUBREAPER = 37;

    public static final int O_DIRECTORY = Processor.IS_AARCH64 ? 0x4000 : 0x10000;

    private static final int AT_FDCWD = -100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int F_GETFD = 1;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    /** struct pollfd of poll(2): int fd, short events, short revents. */
    private static final int POLLFD_SIZE = 8;

    private static final short POLLIN = 1;
    private static final int FILE_MODE = 0666;
    private static final int FOLDER_MODE = 0755;

    private Kernel() {}

    /** Opens a file; a new one gets mode 0666 less umask. */
    public static int open(Path path, int flags) throws KernelException {
        return openAt(AT_FDCWD, path.toString(), flags);
    }

    /** Opens a name in an open folder. */
    public static int openAt(int folder, String name, int flags) throws KernelException {
        byte[] bytes = NativeText.terminated(name);
        int descriptor;
        do {
            descriptor = LinuxLibc.openat(folder, bytes, flags | O_CLOEXEC, FILE_MODE);
        } while (descriptor < 0 && Libc.errno() == Errno.EINTR);
        return highDescriptor(checked(descriptor, "open " + name));
    }

    /** Makes a folder in an open folder. */
    public static void makeFolderAt(int folder, String name) throws KernelException {
        checked(LinuxLibc.mkdirat(folder, NativeText.terminated(name), FOLDER_MODE), "mkdir " + name);
    }

    /** Removes an empty folder from an open folder. */
    public static void removeFolderAt(int folder, String name) throws KernelException {
        checked(LinuxLibc.unlinkat(folder, NativeText.terminated(name), AT_REMOVEDIR), "rmdir " + name);
    }

    /** Closes a descriptor. Linux has freed it even when close(2) reports an error, so there is nothing to do about one. */
    public static void close(int descriptor) {
        Libc.close(descriptor);
    }

    /** Makes one descriptor another number for the open file of a second one, in one step; whether that was possible. */
    static boolean replace(int from, int replaced) {
        return LinuxLibc.dup3(from, replaced, O_CLOEXEC) >= 0;
    }

    /**
     * Reads into a buffer.
     *
     * @return how many bytes; -1 at the end, 0 only when the buffer is full
     * @throws KernelException also with EAGAIN, when a non-blocking descriptor has nothing now
     */
    public static int read(int descriptor, ByteBuffer buffer) throws KernelException {
        try {
            return Descriptors.read(descriptor, buffer);
        } catch (LibcException refused) {
            throw new KernelException("read", refused.errno());
        }
    }

    /**
     * Writes from a buffer.
     *
     * @return how many bytes
     * @throws KernelException also with EAGAIN, when a non-blocking descriptor takes nothing now
     */
    public static int write(int descriptor, ByteBuffer buffer) throws KernelException {
        try {
            return Descriptors.write(descriptor, buffer);
        } catch (LibcException refused) {
            throw new KernelException("write", refused.errno());
        }
    }

    /**
     * Waits until a descriptor can be read without waiting, or has ended (poll(2)).
     *
     * @return false when the time is up; a signal may end the wait early
     */
    public static boolean awaitReadable(int descriptor, Duration time) throws KernelException {
        byte[] request = new byte[POLLFD_SIZE];
        ByteBuffer.wrap(request)
                .order(ByteOrder.nativeOrder())
                .putInt(descriptor)
                .putShort(POLLIN);
        int ready = LinuxLibc.poll(request, 1, Math.toIntExact(time.toMillis()));
        if (ready < 0 && Libc.errno() == Errno.EINTR) {
            return false;
        }
        return checked(ready, "poll") > 0;
    }

    /**
     * Reads from a position. Of a file of /proc or a cgroup the kernel returns a page at most, however large the array is (seq_read_iter in
     * fs/seq_file.c).
     *
     * @return how many bytes; 0 at the end
     */
    public static int readAt(int descriptor, byte[] bytes, long position) throws KernelException {
        long count;
        do {
            count = LinuxLibc.pread(descriptor, bytes, bytes.length, position);
        } while (count < 0 && Libc.errno() == Errno.EINTR);
        return checked((int) count, "pread");
    }

    /** Takes an exclusive flock(2) if nobody has it; it lasts until the last copy of the open file is closed. */
    public static boolean tryLock(int descriptor) throws KernelException {
        int result = LinuxLibc.flock(descriptor, LOCK_EX | LOCK_NB);
        if (result < 0 && Libc.errno() == Errno.EAGAIN) {
            return false;
        }
        checked(result, "flock");
        return true;
    }

    /** The same open file under a number above the standard streams (which may be free when the JVM started without); closes the low one. */
    public static int highDescriptor(int descriptor) throws KernelException {
        if (descriptor > 2) {
            return descriptor;
        }
        int high = LinuxLibc.fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
        int errno = high < 0 ? Libc.errno() : 0;
        close(descriptor);
        if (high < 0) {
            throw new KernelException("fcntl F_DUPFD_CLOEXEC", errno);
        }
        return high;
    }

    /** Whether there is such a descriptor in this JVM. */
    public static boolean isOpen(int descriptor) {
        return LinuxLibc.fcntl(descriptor, F_GETFD, 0) >= 0;
    }

    /** Makes reading and writing return at once, with EAGAIN where they would have waited. */
    public static void setNonBlocking(int descriptor) throws KernelException {
        int flags = checked(LinuxLibc.fcntl(descriptor, F_GETFL, 0), "fcntl F_GETFL");
        checked(LinuxLibc.fcntl(descriptor, F_SETFL, flags | O_NONBLOCK), "fcntl F_SETFL");
    }

    /** An extended attribute of a file, empty when it has none of that name (or the file system has none at all). */
    public static Optional<byte[]> attribute(Path path, String name) throws KernelException {
        byte[] value = new byte[256];
        long size = LinuxLibc.getxattr(NativeText.terminated(path), NativeText.terminated(name), value, value.length);
        if (size < 0 && (Libc.errno() == Errno.ENODATA || Libc.errno() == Errno.EOPNOTSUPP)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOf(value, checked((int) size, "getxattr " + path)));
    }

    /** Our effective user. */
    public static int effectiveUser() {
        return Libc.geteuid();
    }

    /** Whether this JVM is a subreaper (PR_GET_CHILD_SUBREAPER(2const)). */
    public static boolean isSubreaper() {
        int[] set = new int[1];
        return LinuxLibc.prctl(PR_GET_CHILD_SUBREAPER, set, 0, 0, 0) == 0 && set[0] != 0;
    }

    static int checked(int result, String call) throws KernelException {
        if (result < 0) {
            throw new KernelException(call, Libc.errno());
        }
        return result;
    }
}
