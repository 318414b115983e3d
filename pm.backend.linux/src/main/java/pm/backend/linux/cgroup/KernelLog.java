package pm.backend.linux.cgroup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import pm.api.LimitViolation.Victim;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.proc.PidNamespace;

/** Asks the kernel's log who was killed for want of memory, where we may read it. */
final class KernelLog {
    private static final Path FILE = Path.of("/dev/kmsg");
    /** Longer records do not exist (CONSOLE_EXT_LOG_MAX). */
    private static final int LONGEST_RECORD = 8192;

    private KernelLog() {}

    /**
     * The first victim in a group. The group's name holds the manager's own id, so older records are not taken for its.
     *
     * @param pathEnd the end of the group's path, from the manager's folder on
     */
    static Optional<Victim> victim(String pathEnd) {
        if (!PidNamespace.isFirst()) {
            return Optional.empty();
        }
        try {
            int descriptor = Kernel.open(FILE, Kernel.O_RDONLY | Kernel.O_NONBLOCK);
            try {
                return search(descriptor, pathEnd);
            } finally {
                Kernel.close(descriptor);
            }
        } catch (KernelException notReadable) {
            return Optional.empty();
        }
    }

    private static Optional<Victim> search(int descriptor, String pathEnd) {
        ByteBuffer record = ByteBuffer.allocate(LONGEST_RECORD);
        while (true) {
            record.clear();
            try {
                if (Kernel.read(descriptor, record) < 0) {
                    return Optional.empty();
                }
            } catch (KernelException e) {
                // EPIPE: the record was overwritten, the next read gives the oldest that is left.
                if (e.errno() == Errno.EPIPE) {
                    continue;
                }
                // EAGAIN: that was the last.
                return Optional.empty();
            }
            Optional<OomRecord> found = OomRecord.parse(
                            new String(record.array(), 0, record.position(), StandardCharsets.UTF_8))
                    .filter(oom -> oom.isIn(pathEnd));
            if (found.isPresent()) {
                return Optional.of(new Victim(found.get().pid(), found.get().command()));
            }
        }
    }
}
