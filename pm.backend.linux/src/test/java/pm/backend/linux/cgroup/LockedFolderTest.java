package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
class LockedFolderTest {
    private LockedFolder root;

    @BeforeEach
    void makeRoot() throws Exception {
        root = OwnFolders.make();
    }

    @AfterEach
    void removeRoot() throws Exception {
        OwnFolders.remove(root);
    }

    @Test
    void whatIsLockedCannotBeTakenUntilReleased() throws Exception {
        Path path = root.path().resolve("pm.one");
        LockedFolder locked = LockedFolder.make(path);

        assertThat(LockedFolder.take(path)).isEmpty();
        locked.release();
        Optional<LockedFolder> taken = LockedFolder.take(path);
        assertThat(taken).isPresent();
        taken.get().release();
        assertThat(LockedFolder.take(root.path().resolve("pm.none"))).isEmpty();
    }

    @Test
    void theLockIsLetGoOfAlsoWhenTheFolderCannotBeRemoved(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("pm.one");
        LockedFolder locked = LockedFolder.make(path);
        Files.createFile(path.resolve("file"));
        Exception reason = new Exception("of the test");

        locked.abandon(reason);

        assertThat(reason.getSuppressed()).hasSize(1);
        Optional<LockedFolder> taken = LockedFolder.take(path);
        assertThat(taken).isPresent();
        taken.get().release();
    }

    /** Whoever cleans up meanwhile, a manager ends up with the lock of a folder that exists. */
    @Test
    void makingAndCleaningDoNotDisturbEachOther() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        Path path = root.path().resolve("pm.one");
        ExecutorService cleaner = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> cleaned = cleaner.submit(() -> {
                int count = 0;
                while (going.get()) {
                    Optional<LockedFolder> left = LockedFolder.take(path);
                    if (left.isPresent()) {
                        new CgroupFolder(path).remove();
                        left.get().release();
                        count++;
                    }
                }
                return count;
            });
            for (int i = 0; i < 300; i++) {
                LockedFolder locked = LockedFolder.make(path);
                CgroupFolder below = CgroupFolder.create(path.resolve("run"));
                below.remove();
                new CgroupFolder(path).remove();
                locked.release();
            }
            going.set(false);
            // Only then was it a contest.
            assertThat(cleaned.get()).isPositive();
        } finally {
            going.set(false);
            cleaner.shutdown();
        }
    }
}
