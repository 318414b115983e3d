package pm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
    @Test
    @SpawnsBehindPm("the check must see what pm does not know")
    void seesAChildUntilItIsGone() throws Exception {
        Processes processes = new Processes(Optional.empty());
        Process child = new ProcessBuilder("cat").start();
        try {
            assertThat(processes.take().values()).anyMatch(words -> isAbout(child.pid(), words));
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(processes.take().values()).noneMatch(words -> isAbout(child.pid(), words));
    }

    @Test
    void seesAProcessThatLostItsParent() throws Exception {
        String session = "orphan-of-" + ProcessHandle.current().pid();
        Processes processes = new Processes(Optional.of(session));
        Processes withoutMarker = new Processes(Optional.empty());
        try (Orphan orphan = Orphan.start(Processes.MARKER, session, "sleep", "60")) {
            assertThat(processes.take().values()).anyMatch(words -> isAbout(orphan.pid(), words));
            assertThat(withoutMarker.take().values()).noneMatch(words -> isAbout(orphan.pid(), words));
        }
        Awaitility.await().untilAsserted(() -> assertThat(processes.take()).isEmpty());
    }

    @Test
    void seesATemporaryFileByItsName(@TempDir Path folder) throws Exception {
        TemporaryFiles files = new TemporaryFiles(folder);
        Path ours = Files.createFile(folder.resolve("pm-1.json"));
        Path own =
                Files.createFile(folder.resolve("pm-" + ProcessHandle.current().pid() + "-1.json"));
        Path ofNobody = Files.createFile(folder.resolve("pm-999999999-1.json"));
        // A JVM beside this one: its starter is at hand.
        long other = ProcessHandle.current().parent().orElseThrow().pid();
        Path others = Files.createFile(folder.resolve("pm-" + other + "-1.json"));
        Files.createFile(folder.resolve("other"));

        assertThat(files.take()).containsOnlyKeys(ours.toString(), own.toString(), ofNobody.toString());
        assertThat(files.takeBefore()).containsKey(others.toString()).hasSize(4);
    }

    @Test
    void seesAControlGroupByItsNameButNotItsInside(@TempDir Path root) throws Exception {
        Path group = Files.createDirectories(root.resolve("system.slice/pm.4711"));
        Files.createDirectory(group.resolve("pm.inner"));
        Files.createDirectory(root.resolve("pmx"));

        assertThat(new ControlGroups(root).take()).containsOnlyKeys(group.toString());
    }

    @Test
    void leavesAloneAControlGroupThatAnotherProcessHasLocked(@TempDir Path root) throws Exception {
        Path group = Files.createDirectory(root.resolve("pm.4711"));
        ControlGroups groups = new ControlGroups(root);
        try (Orphan locker = Orphan.start("X", "", "flock", "--no-fork", group.toString(), "sleep", "60")) {
            assertThat(locker.pid()).isPositive();
            Awaitility.await().untilAsserted(() -> assertThat(groups.take()).isEmpty());
        }
        Awaitility.await().untilAsserted(() -> assertThat(groups.take()).containsOnlyKeys(group.toString()));
    }

    private static boolean isAbout(long pid, String words) {
        return words.startsWith("process " + pid + " ");
    }
}
