package pm.backend.posix.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * libc as it is: results and errno are the caller's to judge. Only functions without variable arguments, since these have a calling
 * convention of their own on some systems. {@code size_t}, {@code ssize_t} and addresses are 64 bits wide: there is no 32-bit backend.
 */
public final class Libc {
    /** errno-base.h, the same on Linux and macOS. */
    static final int EINTR = 4;

    /** sys/resource.h, the same on Linux and macOS. */
    private static final int PRIO_PROCESS = 0;

    /** Bound when they are first used. */
    public static final NativeBinding BINDING = new NativeBinding(Libc.class);

    static {
        BINDING.bind();
    }

    private Libc() {}

    /** read(2). */
    public static native long read(int descriptor, long address, long count);

    /** read(2). */
    public static native long read(int descriptor, byte[] bytes, long count);

    /** write(2). */
    public static native long write(int descriptor, long address, long count);

    /** write(2). */
    public static native long write(int descriptor, byte[] bytes, long count);

    /** close(2). */
    public static native int close(int descriptor);

    /** kill(2). */
    public static native int kill(int pid, int signal);

    static native int pipe(int[] ends);

    /** getsid(2). */
    public static native int getsid(int pid);

    /** setpriority(2) of one process: 0 or -1. */
    public static int setPriority(int pid, int nice) {
        return setpriority(PRIO_PROCESS, pid, nice);
    }

    private static native int setpriority(int which, int who, int priority);

    /** geteuid(2). */
    public static native int geteuid();

    /** getpagesize(2). */
    public static native int getpagesize();

    static native int wait4(int pid, int[] status, int options, long[] usage);

    static native int getrusage(int who, long[] usage);

    static native int posix_spawn(
            int[] pid, byte[] path, Pointer fileActions, Pointer attributes, Pointer arguments, Pointer environment);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_destroy(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    static native int sigfillset(Pointer signals);

    static native int sigemptyset(Pointer signals);

    static native int posix_spawn_file_actions_init(Pointer fileActions);

    static native int posix_spawn_file_actions_destroy(Pointer fileActions);

    static native int posix_spawn_file_actions_adddup2(Pointer fileActions, int from, int to);

    private static native String strerror(int errno);

    /** errno of this thread's last call that failed. */
    public static int errno() {
        return Native.getLastError();
    }

    /** The C library's words for an errno. */
    public static String message(int errno) {
        return strerror(errno);
    }
}
