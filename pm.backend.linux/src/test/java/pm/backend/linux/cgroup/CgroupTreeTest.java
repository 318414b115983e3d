package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.backend.linux.controller.Controller;
import pm.backend.linux.controller.MemoryV1;
import pm.backend.linux.controller.MemoryV2;
import pm.backend.linux.process.ExitWatcher;
import pm.testing.SpawnsBehindPm;

/** A group with a process in it, beside files as the memory controller would have them after it has killed. */
@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
@SpawnsBehindPm("only what happens to the group is tested")
class CgroupTreeTest {
    @TempDir
    Path memory;

    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<LimitViolation> heard = new CopyOnWriteArrayList<>();
    private LockedFolder locked;
    private CgroupFolder folder;
    private ExitWatcher watcher;
    private Process inside;

    @BeforeEach
    void begin() throws Exception {
        locked = OwnFolders.make();
        folder = CgroupFolder.create(locked.path().resolve("tree"));
        watcher = ExitWatcher.start("test", trouble::add);
        inside = new ProcessBuilder("sh", "-c", "echo 0 > " + folder + "/cgroup.procs; exec sleep 1000").start();
        await().until(() -> folder.pids().contains(inside.pid()));
        Files.writeString(memory.resolve("memory.events"), "oom 1\noom_kill 1\n");
        Files.writeString(memory.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
        Files.createFile(memory.resolve("cgroup.event_control"));
    }

    @AfterEach
    void end() throws Exception {
        inside.destroyForcibly().waitFor();
        Emptiness.of(folder, watcher).get(60, TimeUnit.SECONDS);
        watcher.close();
        OwnFolders.remove(locked);
        assertThat(trouble).isEmpty();
    }

    private CgroupTree tree(Controller controller) {
        TreeGroups groups = new TreeGroups(folder, folder, List.of(), Map.of(controller, new CgroupFolder(memory)));
        return new CgroupTree(groups, watcher, new LaunchedLeader(), heard::add, Runnable::run, () -> true);
    }

    @Test
    void whatVersion1HasLeftOfALimitedTreeIsKilled() throws Exception {
        CgroupTree tree = tree(new MemoryV1(false));
        tree.listen(Set.of(LimitKind.MEMORY));

        tree.leaderEnded();

        tree.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(inside.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void aKillThatTheTreesOwnLimitMayNotHaveCausedIsOnlyTold() throws Exception {
        for (Controller controller : List.of(new MemoryV1(false), new MemoryV2(false))) {
            CgroupTree tree = tree(controller);
            if (controller instanceof MemoryV2) {
                tree.listen(Set.of(LimitKind.MEMORY));
            }

            tree.leaderEnded();

            assertThat(folder.pids()).containsExactly(inside.pid());
            assertThat(inside.isAlive()).isTrue();
            assertThat(heard).extracting(LimitViolation::kind).contains(LimitKind.MEMORY);
            heard.clear();
            tree.endsHere();
        }
    }

    @Test
    void whatWasStartedByACommandThatCouldNotBeWatchedIsKilled() throws Exception {
        Exception reason = new Exception("not watched");

        tree(new MemoryV2(false)).startFailed(reason);

        assertThat(folder.pids()).isEmpty();
        assertThat(inside.waitFor()).isEqualTo(128 + 9);
        assertThat(reason).hasNoSuppressedExceptions();
    }
}
