package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.backend.linux.process.ExitWatcher;
import pm.testing.SpawnsBehindPm;

/** Killing without cgroup.kill, as on older kernels, where processes are forked all the time. */
@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
@SpawnsBehindPm("only the killing is tested")
class FreezeKillTest {
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
        assertThat(trouble).isEmpty();
    }

    @Test
    void whatForksAllTheTimeIsKilled() throws Exception {
        // Fifty loops, each of which always has a child that is about to end: some fork at any moment.
        String storm = "echo 0 > " + folder + "/cgroup.procs; for i in $(seq 50); do"
                + " (while :; do sleep 0.01; done) & done; wait";
        Process shell = new ProcessBuilder("sh", "-c", storm).start();
        await().until(() -> folder.pids().size() > 75);
        var empty = Emptiness.of(folder, watcher);

        new FreezeKill(folder, watcher).start();

        empty.get(60, TimeUnit.SECONDS);
        assertThat(folder.pids()).isEmpty();
        assertThat(shell.waitFor()).isEqualTo(128 + 9);
        await().until(() -> folder.read("cgroup.freeze").strip().equals("0"));
    }

    @Test
    void nothingIsKilledInAGroupOfTheSamePathThatAnotherManagerMakesAfterwards() throws Exception {
        new Clearing(folder, watcher).finish(Duration.ofSeconds(60));
        folder.remove();
        CgroupFolder.create(folder.path());
        Process anothers =
                new ProcessBuilder("sh", "-c", "echo 0 > " + folder + "/cgroup.procs; exec sleep 1000").start();
        await().until(() -> folder.pids().contains(anothers.pid()));

        CompletableFuture<Void> later = new CompletableFuture<>();
        watcher.after(Duration.ofMillis(200), () -> later.complete(null));
        later.get(60, TimeUnit.SECONDS);

        assertThat(anothers.isAlive()).isTrue();
        anothers.destroyForcibly().waitFor();
    }

    @Test
    void signalsGoOnlyToWhoIsInside() throws Exception {
        Process outside = new ProcessBuilder("sleep", "1000").start();
        Process inside =
                new ProcessBuilder("sh", "-c", "echo 0 > " + folder + "/cgroup.procs; exec sleep 1000").start();
        await().until(() -> folder.pids().contains(inside.pid()));

        assertThat(new MemberSignals(folder).send(pid -> pid == outside.pid(), 9))
                .isEmpty();
        assertThat(new MemberSignals(folder).send(pid -> true, 15)).isEmpty();

        assertThat(inside.waitFor()).isEqualTo(128 + 15);
        assertThat(outside.isAlive()).isTrue();
        outside.destroyForcibly().waitFor();
    }
}
