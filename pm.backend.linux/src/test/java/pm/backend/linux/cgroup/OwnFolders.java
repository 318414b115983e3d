package pm.backend.linux.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A locked folder of a test's own below the JVM's group. */
final class OwnFolders {
    private OwnFolders() {}

    /** Root may make groups where no systemd manages them. */
    static boolean cgroupsAreOurs() {
        return System.getProperty("user.name").equals("root") && !Files.exists(Path.of("/run/systemd/system"));
    }

    static LockedFolder make() throws Exception {
        Path base = CgroupBase.find(Optional.empty()).folder();
        return LockedFolder.make(base.resolve("pm.test-" + UUID.randomUUID()));
    }

    static void remove(LockedFolder folder) throws Exception {
        new CgroupFolder(folder.path()).remove();
        folder.release();
    }
}
