package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.backend.linux.process.ExitWatcher;
import pm.testing.SpawnsBehindPm;

@EnabledIf("pm.backend.linux.cgroup.OwnFolders#cgroupsAreOurs")
@SpawnsBehindPm("only the list of the group's members is tested")
class CgroupFolderTest {
    /** Their pids take more than a page, of which the kernel returns one per read. */
    private static final int MANY = 2000;

    @Test
    void theListOfMembersIsWholeHoweverLongItIs() throws Exception {
        List<String> trouble = new CopyOnWriteArrayList<>();
        LockedFolder locked = OwnFolders.make();
        try (ExitWatcher watcher = ExitWatcher.start("test", trouble::add)) {
            CgroupFolder folder = CgroupFolder.create(locked.path().resolve("tree"));
            Process shell = new ProcessBuilder(
                            "sh",
                            "-c",
                            "echo 0 > " + folder.path() + "/cgroup.procs; exec perl -e '"
                                    + "for (1.." + MANY + ") { my $pid = fork; defined $pid or die; $pid or last } "
                                    + "sleep 1000'")
                    .start();
            try {
                await().until(() -> folder.ownPids().size() == MANY + 1);
                assertThat(folder.ownPids()).doesNotHaveDuplicates().contains(shell.pid());
            } finally {
                new Clearing(folder, watcher).finish(Duration.ofSeconds(60));
                shell.waitFor();
                folder.remove();
            }
        } finally {
            OwnFolders.remove(locked);
        }
        assertThat(trouble).isEmpty();
    }
}
