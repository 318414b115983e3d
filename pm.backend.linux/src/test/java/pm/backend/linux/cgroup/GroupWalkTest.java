package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.process.ExitWatcher;
import pm.testing.SpawnsBehindPm;

/** Groups that a tree has nested so that no path leads to them, or no recursion. */
@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
@SpawnsBehindPm("only what happens to the groups is tested")
class GroupWalkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private LockedFolder locked;
    private CgroupFolder folder;
    private ExitWatcher watcher;

    @BeforeEach
    void begin() throws Exception {
        locked = OwnFolders.make();
        folder = CgroupFolder.create(locked.path().resolve("tree"));
        watcher = ExitWatcher.start("test", trouble::add);
    }

    @AfterEach
    void end() throws Exception {
        watcher.close();
        OwnFolders.remove(locked);
        assertThat(locked.path()).doesNotExist();
        assertThat(trouble).isEmpty();
    }

    @Test
    void whatIsBeyondTheLongestPathIsListedKilledAndRemoved() throws Exception {
        endsNested(40, "n".repeat(250));
    }

    @Test
    void aThousandGroupsInEachOtherAreListedKilledAndRemoved() throws Exception {
        endsNested(1000, "n");
    }

    private void endsNested(int depth, String name) throws Exception {
        Process inside;
        int last = nest(depth, name);
        try {
            inside = new ProcessBuilder(
                            "sh",
                            "-c",
                            "echo 0 > /proc/" + ProcessHandle.current().pid() + "/fd/" + last
                                    + "/cgroup.procs; exec sleep 1000")
                    .start();
            await().atMost(PATIENCE).until(() -> folder.pids().contains(inside.pid()));
        } finally {
            Kernel.close(last);
        }
        CgroupFolder.create(folder.path().resolve("a")).remove();
        CgroupFolder.create(folder.path().resolve("sibling"));

        new Clearing(folder, watcher).finish(PATIENCE);
        folder.remove();

        assertThat(inside.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(folder.path()).doesNotExist();
    }

    private int nest(int depth, String name) throws KernelException {
        int here = Kernel.open(folder.path(), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        for (int level = 0; level < depth; level++) {
            Kernel.makeFolderAt(here, name);
            int below = Kernel.openAt(here, name, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
            Kernel.close(here);
            here = below;
        }
        return here;
    }

    @Test
    void aBusyGroupKeepsOnlyThoseAboveIt() throws Exception {
        CgroupFolder busy = CgroupFolder.create(folder.path().resolve("busy"));
        CgroupFolder.create(
                CgroupFolder.create(folder.path().resolve("idle")).path().resolve("below"));
        Process inside = new ProcessBuilder("sh", "-c", "echo 0 > " + busy + "/cgroup.procs; exec sleep 1000").start();
        await().atMost(PATIENCE).until(() -> busy.pids().contains(inside.pid()));

        assertThat(folder.removeIfUnused()).isFalse();

        assertThat(folder.path().resolve("idle")).doesNotExist();
        assertThat(busy.path()).exists();
        inside.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(folder::removeIfUnused);
    }

    @Test
    void whatMayNotBeLookedAtIsNotTakenForGone() throws IOException {
        assertThat(new CgroupFolder(Path.of("/proc/1/nonexistent")).exists()).isFalse();
        assertThat(folder.exists()).isTrue();
    }
}
