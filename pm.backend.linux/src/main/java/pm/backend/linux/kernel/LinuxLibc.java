package pm.backend.linux.kernel;

import pm.backend.posix.libc.NativeBinding;

/**
 * What libc has on Linux only, and functions with variable arguments, which are called like any other on x86-64 and aarch64. The oldest C
 * library with all of these is glibc 2.27 (memfd_create); musl has them too.
 */
final class LinuxLibc {
    static final NativeBinding BINDING = new NativeBinding(LinuxLibc.class);

    static {
        BINDING.bind();
    }

    private LinuxLibc() {}

    static native int openat(int folder, byte[] name, int flags, int mode);

    static native int mkdirat(int folder, byte[] name, int mode);

    static native int unlinkat(int folder, byte[] name, int flags);

    static native long pread(int descriptor, byte[] bytes, long count, long offset);

    static native int poll(byte[] descriptors, long count, int milliseconds);

    static native int fcntl(int descriptor, int command, int argument);

    static native int dup3(int from, int to, int flags);

    static native int flock(int descriptor, int operation);

    static native int pipe2(int[] ends, int flags);

    static native int socketpair(int domain, int type, int protocol, int[] ends);

    static native int memfd_create(byte[] name, int flags);

    static native int eventfd(int count, int flags);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int descriptor, byte[] event);

    static native int epoll_wait(int epoll, byte[] events, int maximum, int milliseconds);

    static native int waitid(int kind, int id, byte[] info, int options);

    static native int prctl(int operation, int[] value, long third, long fourth, long fifth);

    static native long getxattr(byte[] path, byte[] name, byte[] value, long size);

    /** For calls that older C libraries have no function for. */
    static native long syscall(long number, long first, long second, long third, long fourth);
}
