package pm.backend.linux.kernel;

import java.nio.ByteBuffer;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.process.NativeText;

/** Files in memory (memfd_create(2)), above the standard streams. */
public final class MemoryFile {
    /** linux/memfd.h. */
    private static final int MFD_CLOEXEC = 1;

    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_NOEXEC_SEAL = 8;
    private static final int MFD_EXEC = 16;

    /** linux/fcntl.h. */
    private static final int F_ADD_SEALS = 1033;

    private static final int SEAL_SEAL_SHRINK_GROW_WRITE = 1 | 2 | 4 | 8;

    private MemoryFile() {}

    /** With some content, not to be executed. */
    public static int of(String name, ByteBuffer content) throws KernelException {
        return filled(create(name, MFD_CLOEXEC, MFD_NOEXEC_SEAL), content);
    }

    /** With a program, which nobody can change any more. */
    public static int sealedProgram(String name, ByteBuffer program) throws KernelException {
        int descriptor = filled(create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING, MFD_EXEC), program);
        if (LinuxLibc.fcntl(descriptor, F_ADD_SEALS, SEAL_SEAL_SHRINK_GROW_WRITE) < 0) {
            int errno = Libc.errno();
            Kernel.close(descriptor);
            throw new KernelException("fcntl F_ADD_SEALS", errno);
        }
        return descriptor;
    }

    /** Kernels before 6.3 know neither of the two flags about execution, and refuse what they don't know. */
    private static int create(String name, int flags, int execution) throws KernelException {
        byte[] bytes = NativeText.terminated(name);
        int descriptor = LinuxLibc.memfd_create(bytes, flags | execution);
        if (descriptor < 0 && Libc.errno() == Errno.EINVAL) {
            descriptor = LinuxLibc.memfd_create(bytes, flags);
        }
        return Kernel.highDescriptor(Kernel.checked(descriptor, "memfd_create " + name));
    }

    private static int filled(int descriptor, ByteBuffer content) throws KernelException {
        try {
            while (content.hasRemaining()) {
                Kernel.write(descriptor, content);
            }
            return descriptor;
        } catch (KernelException refused) {
            Kernel.close(descriptor);
            throw refused;
        }
    }
}
