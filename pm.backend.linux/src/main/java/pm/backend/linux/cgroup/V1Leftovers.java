package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import pm.backend.linux.kernel.KernelException;

/**
 * Removes folders of dead managers in hierarchies of version 1: those whose lock can be taken. Nothing is killed by them: what lived there lived
 * in a group of version 2 as well. A group that holds processes cannot be removed, and stays for the next time.
 */
final class V1Leftovers {
    private V1Leftovers() {}

    /** Below groups of ours. */
    static void remove(Set<Path> bases) {
        bases.forEach(V1Leftovers::removeBelow);
    }

    private static void removeBelow(Path base) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, V1Leftovers::isOfManager)) {
            folders.forEach(folder -> removeIfLeft(new CgroupFolder(folder)));
        } catch (IOException notShown) {
            return;
        }
    }

    private static boolean isOfManager(Path folder) {
        return folder.getFileName().toString().startsWith(InstanceCgroup.PREFIX) && Files.isDirectory(folder);
    }

    private static void removeIfLeft(CgroupFolder folder) {
        try {
            Optional<LockedFolder> locked = LockedFolder.take(folder.path());
            if (locked.isPresent()) {
                try {
                    folder.remove();
                } finally {
                    locked.get().release();
                }
            }
        } catch (KernelException | IOException othersOrBusy) {
            // EACCES: another user's. EBUSY: its processes are being ended, by whoever cleans up version 2.
            return;
        }
    }
}
