package pm.backend.macos.darwin;

import com.sun.jna.Structure;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** proc_pidinfo and its kin, libproc.h. Whoever is gone, or is none of our business, has no answer. */
final class Libproc {
    /** PROC_ALL_PIDS, bsd/sys/proc_info.h. */
    private static final int ALL = 1;
    /** Processes that are forked between the question how many there are and the list of them. */
    private static final int MORE = 64;
    /** With this argument these flavours find zombies too (proc_pidinfo, bsd/kern/proc_info.c). */
    private static final long ZOMBIES_TOO = 1;

    private Libproc() {}

    /** All pids, zombies' too: the kernel writes the list in one go, under its lock. */
    static int[] pids() {
        int room = DarwinLibc.proc_listpids(ALL, 0, null, 0) / Integer.BYTES + MORE;
        while (true) {
            int[] pids = new int[room];
            int count = DarwinLibc.proc_listpids(ALL, 0, pids, room * Integer.BYTES) / Integer.BYTES;
            if (count < room) {
                return Arrays.copyOf(pids, Math.max(0, count));
            }
            room *= 2;
        }
    }

    static Optional<UniqueIdentifierInfo> unique(int pid) {
        return info(pid, UniqueIdentifierInfo.FLAVOR, UniqueIdentifierInfo::new);
    }

    static Optional<ShortInfo> brief(int pid) {
        return info(pid, ShortInfo.FLAVOR, ShortInfo::new);
    }

    static Optional<BsdInfo> whole(int pid) {
        return info(pid, BsdInfo.FLAVOR, BsdInfo::new);
    }

    static Optional<ResourceInfo> resources(int pid) {
        ResourceInfo info = new ResourceInfo();
        if (DarwinLibc.proc_pid_rusage(pid, ResourceInfo.FLAVOR, info.getPointer()) != 0) {
            return Optional.empty();
        }
        info.read();
        return Optional.of(info);
    }

    private static <T extends Structure> Optional<T> info(int pid, int flavor, Supplier<T> maker) {
        T info = maker.get();
        int size = info.size();
        if (DarwinLibc.proc_pidinfo(pid, flavor, ZOMBIES_TOO, info.getPointer(), size) != size) {
            return Optional.empty();
        }
        info.read();
        return Optional.of(info);
    }
}
