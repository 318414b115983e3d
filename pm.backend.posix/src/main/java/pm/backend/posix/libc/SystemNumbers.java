package pm.backend.posix.libc;

import com.sun.jna.Platform;

/**
 * Constants that POSIX names and each system numbers.
 *
 * @param wouldBlock EAGAIN
 * @param nonBlocking O_NONBLOCK
 * @param create O_CREAT
 * @param truncate O_TRUNC
 * @param append O_APPEND
 * @param closeOnExec O_CLOEXEC
 * @param duplicateCloseOnExec F_DUPFD_CLOEXEC
 */
public record SystemNumbers(
        int wouldBlock,
        int nonBlocking,
        int create,
        int truncate,
        int append,
        int closeOnExec,
        int duplicateCloseOnExec) {
    /** asm-generic/errno-base.h, asm-generic/fcntl.h and linux/fcntl.h: the same on x86-64 and aarch64. */
    public static final SystemNumbers LINUX = new SystemNumbers(11, 0x800, 0x40, 0x200, 0x400, 0x80000, 1030);

    /** bsd/sys/errno.h and bsd/sys/fcntl.h of xnu. */
    public static final SystemNumbers MACOS = new SystemNumbers(35, 0x4, 0x200, 0x400, 0x8, 0x1000000, 67);

    /** Those of the system that this JVM runs on. */
    public static final SystemNumbers HERE = Platform.isMac() ? MACOS : LINUX;
}
