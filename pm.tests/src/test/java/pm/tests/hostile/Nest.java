package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import pm.testing.GroupFolders;
import pm.testing.SpawnsBehindPm;

/** Three managers, each in the tree of the one before; see {@link NestedMain}. */
@SpawnsBehindPm("the JVM is to be killed, so it cannot be inside a container of ours")
public final class Nest implements AutoCloseable {
    private static final int DEPTH = 3;

    private final ScenarioJvm jvm;
    private final String mark;
    private final List<Level> levels;
    private final long innermost;

    /** One manager, as it describes itself. */
    public record Level(long pid, String instance, String containment) {}

    private Nest(ScenarioJvm jvm, String mark) {
        this.jvm = jvm;
        this.mark = mark;
        this.innermost = Long.parseLong(jvm.awaitReady());
        this.levels = jvm.said()
                .lines()
                .filter(line -> line.startsWith("LEVEL "))
                .map(line -> line.split(" ", 4))
                .map(words -> new Level(Long.parseLong(words[1]), words[2], words[3]))
                .toList();
        assertThat(levels).hasSize(DEPTH);
    }

    /**
     * Starts it, and returns when the innermost command runs.
     *
     * @param preparation what comes before {@code java}
     * @param options of the outer JVM, its class path among them
     * @param mostProcesses limit of each tree, 0 for none
     */
    public static Nest start(List<String> preparation, List<String> options, int mostProcesses) {
        String mark = Marks.fresh();
        ScenarioJvm jvm = ScenarioJvm.start(
                preparation, options, NestedMain.class, Integer.toString(DEPTH), mark, Integer.toString(mostProcesses));
        try {
            return new Nest(jvm, mark);
        } catch (AssertionError | RuntimeException e) {
            Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            jvm.close();
            throw e;
        }
    }

    /** Outermost first. */
    public List<Level> levels() {
        return levels;
    }

    /** Pids of the JVMs, outermost first, and of the innermost command. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>(levels.stream().map(Level::pid).toList());
        pids.add(innermost);
        return pids;
    }

    /**
     * Returns the group of a process.
     *
     * @param hierarchy {@code 0::} for version 2, {@code :pids:} for a controller of version 1
     */
    public static String group(long pid, String hierarchy) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "cgroup")).stream()
                    .filter(line -> line.contains(hierarchy))
                    .map(line -> line.substring(line.indexOf(hierarchy) + hierarchy.length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that each tree lies below the group of the one around it. */
    public void assertEachBelowTheOneBefore() {
        List<Long> pids = pids();
        for (int i = 1; i < pids.size() - 1; i++) {
            assertThat(group(pids.get(i + 1), "0::"))
                    .as("group of level " + (i + 1))
                    .startsWith(group(pids.get(i), "0::") + "/");
        }
    }

    /** Whether the innermost command runs. */
    public boolean isAlive() {
        return Marks.alive(mark).contains(innermost);
    }

    /** SIGTERM, SIGKILL or another to the JVM of a level. */
    public void signal(int level, String name) {
        ScenarioJvm.signal(levels.get(level).pid(), name);
    }

    /** Waits for the end of the outer JVM, and returns what all of them have printed. */
    public String awaitEnd() throws InterruptedException {
        jvm.awaitExit();
        return jvm.said();
    }

    /** Waits until neither a process nor a group is left, in any hierarchy. */
    public void assertNothingLeft() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(Marks.alive(mark)).isEmpty();
            assertThat(levels).allSatisfy(level -> {
                assertThat(ProcessHandle.of(level.pid()).filter(ProcessHandle::isAlive))
                        .isEmpty();
                assertThat(GroupFolders.named("pm." + level.instance())).isEmpty();
            });
        });
    }

    @Override
    public void close() {
        jvm.close();
        for (Level level : levels) {
            ProcessHandle.of(level.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        Marks.alive(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
