package pm.core.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.spi.BackendProvider;
import pm.testing.GroupFolders;
import pm.testing.SpawnsBehindPm;

/** A JVM that ends while it opens a manager leaves no process and no control group, and prints nothing. */
@SpawnsBehindPm("the JVM is to be killed, and its control groups are looked at")
class OpeningTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** A group of the test's own: in it one for the JVM, and one for the managers of the JVM. */
    private Path root;

    @BeforeAll
    static void needsControlGroups() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root: to make control groups");
    }

    @BeforeEach
    void makeGroups() throws IOException {
        Path own;
        try (ProcessManager manager = ProcessManagers.open(PmApi.VERSION)) {
            String containment = manager.backend().containment();
            own = Path.of(containment.substring(containment.indexOf('/')));
        }
        root = Files.createDirectory(own.resolveSibling("opening-" + UUID.randomUUID()));
        Files.createDirectory(root.resolve("jvm"));
        Files.createDirectory(root.resolve("managers"));
    }

    @AfterEach
    void removeGroups() throws IOException {
        Files.delete(root.resolve("managers"));
        Files.delete(root.resolve("jvm"));
        Files.delete(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE_SESSION", "SESSION", "DESCRIBED", "BEAN"})
    void whatEndsItWhileTheOpeningThreadIsHeldLeavesNothing(String step) throws Exception {
        leavesNothing(step, "EXIT", 3);
        leavesNothing(step, "TERM", 128 + 15);
        leavesNothing(step, "KILL", 128 + 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"THREAD", "FOLDER", "LEAF", "FURTHER", "GUARD", "GUARD_IN_LEAF"})
    void whatEndsItWhenAStepIsSeenInTheSystemLeavesNothing(String step) throws Exception {
        leavesNothing(step, "EXIT", 3);
        leavesNothing(step, "TERM", 128 + 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"THREAD", "GUARD", "GUARD_IN_LEAF"})
    void aKillWhenAStepIsSeenInTheSystemLeavesNothing(String step) throws Exception {
        leavesNothing(step, "KILL", 128 + 9);
    }

    @ParameterizedTest
    @CsvSource({"0,EXIT,3", "20000,TERM,143", "40000,EXIT,3", "80000,TERM,143", "120000,EXIT,3"})
    void whatEndsItAfterATimeLeavesNothing(String micros, String ending, int status) throws Exception {
        leavesNothing(micros, ending, status);
    }

    /** The shutdown waits for the opening thread, which waits for the shutdown. */
    @ParameterizedTest
    @ValueSource(strings = {"SESSION", "BEAN"})
    void anExitOnTheOpeningThreadLeavesNothing(String step) throws Exception {
        leavesNothing(step, "EXIT_HERE", 3);
    }

    private void leavesNothing(String step, String ending, int status) throws Exception {
        Path output = folder.resolve("output");
        Path seen = folder.resolve("seen");
        Files.deleteIfExists(seen);
        Process jvm = new ProcessBuilder(command(step, ending, seen))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended)
                    .as("%s at %s ends it; it said: %s", ending, step, Files.readString(output))
                    .isTrue();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(output))
                .as("output after %s at %s", ending, step)
                .isEmpty();
        assertThat(jvm.exitValue()).isEqualTo(status);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(left(seen))
                .as("left by %s at %s", ending, step)
                .isEmpty());
    }

    private List<String> command(String step, String ending, Path seen) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                root.resolve("jvm/cgroup.procs").toString()));
        command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx128m"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Dpm.cgroup.root=" + root.resolve("managers"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                serviceFile() + ":" + System.getProperty("java.class.path"),
                OpeningMain.class.getName(),
                step,
                ending,
                root.resolve("managers").toString(),
                seen.toString()));
        return command;
    }

    private Path serviceFile() throws IOException {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(BackendProvider.class.getName()), HeldProvider.class.getName());
        return folder.resolve("classes");
    }

    /** Groups of the JVM's managers in every hierarchy, and processes. */
    private List<String> left(Path seen) throws IOException {
        List<String> left = new ArrayList<>();
        for (Path group : GroupFolders.all(root)) {
            if (group.startsWith(root.resolve("managers")) && !group.endsWith("managers")) {
                left.add(group.toString());
            }
            Files.readAllLines(group.resolve("cgroup.procs")).forEach(pid -> left.add("process " + pid));
        }
        if (Files.exists(seen)) {
            for (String name : Files.readAllLines(seen)) {
                GroupFolders.named(name).forEach(group -> left.add(group.toString()));
            }
        }
        return left;
    }
}
