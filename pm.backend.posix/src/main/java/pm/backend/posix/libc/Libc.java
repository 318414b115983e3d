package pm.backend.posix.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * libc as it is: results and errno are the caller's to judge. Only functions without variable arguments, since these have a calling
 * convention of their own on some systems. {@code size_t}, {@code ssize_t} and addresses are 64 bits wide: there is no 32-bit backend.
 */
public final class Libc {
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

    /** geteuid(2). */
    public static native int geteuid();

    /** getpagesize(2). */
    public static native int getpagesize();

    static native int wait4(int pid, int[] status, int options, long[] usage);

    static native int getrusage(int who, long[] usage);

    static native int posix_spawn(
            int[] pid, byte[] path, Pointer fileActions, Pointer attributes, Pointer arguments, Pointer environment);

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
