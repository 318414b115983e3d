package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pm.testing.GroupFolders;

/** A JVM with a manager in the tree of another manager, three deep, in a group that was delegated. */
@EnabledOnOs(OS.LINUX)
class NestedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOBODY = 65534;
    private static ReadableClassPath classPath;

    private Path delegated;

    /** Whose managers they are. */
    enum User {
        ROOT,
        NOBODY
    }

    @BeforeAll
    static void copyClassPath() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root: to delegate a control group");
        classPath = new ReadableClassPath();
    }

    @AfterAll
    static void removeClassPath() throws IOException {
        if (classPath != null) {
            classPath.close();
        }
    }

    @BeforeEach
    void delegate() throws IOException {
        Path unified = Files.isDirectory(Path.of("/sys/fs/cgroup/unified"))
                ? Path.of("/sys/fs/cgroup/unified")
                : Path.of("/sys/fs/cgroup");
        delegated = Files.createDirectory(unified.resolve("delegated-" + UUID.randomUUID()));
        Files.createDirectory(delegated.resolve("jvm"));
    }

    @AfterEach
    void removeGroup() {
        // The kernel counts a process out of its group a moment after its parent has reaped it.
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            Files.deleteIfExists(delegated.resolve("jvm"));
            return Files.deleteIfExists(delegated);
        });
    }

    private void give(int user) throws IOException {
        for (Path folder : List.of(delegated, delegated.resolve("jvm"))) {
            Files.setAttribute(folder, "unix:uid", user);
            for (String file : List.of("cgroup.procs", "cgroup.subtree_control", "cgroup.threads")) {
                Files.setAttribute(folder.resolve(file), "unix:uid", user);
            }
        }
    }

    private Nest start(User user, int mostProcesses) throws IOException {
        List<String> moved = List.of("sh", "-c", "echo $$ >\"$0\"/jvm/cgroup.procs; exec \"$@\"", delegated.toString());
        if (user == User.ROOT) {
            return Nest.start(moved, classPath.options(), mostProcesses);
        }
        give(NOBODY);
        List<String> preparation = new ArrayList<>(moved);
        preparation.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        return Nest.start(preparation, classPath.options(), mostProcesses);
    }

    @ParameterizedTest
    @EnumSource(User.class)
    void theInnerTreeIsBelowTheOuterOneAndOutlivesItsCleanup(User user) throws Exception {
        try (Nest nest = start(user, 0)) {
            assertThat(nest.levels())
                    .allSatisfy(level -> assertThat(level.containment()).startsWith("cgroup v2, " + delegated));
            nest.assertEachBelowTheOneBefore();
            awaitTwoCleanups(nest, user);
            assertThat(nest.isAlive()).isTrue();
            nest.signal(0, "TERM");
            nest.awaitEnd();
            nest.assertNothingLeft();
        }
    }

    /** What a dead manager left beside the outer one's folder is removed by each of its rounds. */
    private void awaitTwoCleanups(Nest nest, User user) throws IOException {
        Path beside = GroupFolders.named("pm." + nest.levels().get(0).instance())
                .get(0)
                .getParent();
        for (int round = 0; round < 2; round++) {
            Path dead = Files.createDirectory(
                    beside.resolve("pm.dead-" + round),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (user == User.NOBODY) {
                giveAll(dead);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> !Files.exists(dead));
        }
    }

    private static void giveAll(Path folder) throws IOException {
        Files.setAttribute(folder, "unix:uid", NOBODY);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.setAttribute(file, "unix:uid", NOBODY);
            }
        } catch (DirectoryIteratorException | NoSuchFileException removedAlready) {
            // The manager may remove it as soon as it is its user's.
        }
    }

    @ParameterizedTest
    @EnumSource(User.class)
    void allOfItEndsWithTheOuterJvm(User user) throws Exception {
        try (Nest nest = start(user, 0)) {
            nest.signal(0, "KILL");
            nest.assertNothingLeft();
        }
    }

    @ParameterizedTest
    @EnumSource(User.class)
    void theEndOfAnInnerManagerWithItsTreeIsNoFailureOfTheOuterOne(User user) throws Exception {
        try (Nest nest = start(user, 0)) {
            nest.signal(1, "KILL");
            String said = nest.awaitEnd();
            assertThat(said)
                    .contains("ENDED true")
                    .doesNotContain("ENDED false")
                    .doesNotContain("Exception");
            nest.assertNothingLeft();
        }
    }

    @Test
    void limitsOfTheOuterTreeHoldTheInnerOnes() throws Exception {
        try (Nest nest = start(User.ROOT, 200)) {
            boolean version1 = Files.isDirectory(Path.of("/sys/fs/cgroup/pids"));
            List<Long> pids = nest.pids();
            for (int i = 1; i < pids.size() - 1; i++) {
                String hierarchy = version1 ? "pids:" : "0::";
                assertThat(Nest.group(pids.get(i + 1), hierarchy)).startsWith(Nest.group(pids.get(i), hierarchy) + "/");
            }
            nest.signal(0, "TERM");
            nest.awaitEnd();
            nest.assertNothingLeft();
        }
    }
}
