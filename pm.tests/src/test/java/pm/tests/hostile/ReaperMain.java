package pm.tests.hostile;

import com.sun.jna.Function;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import pm.api.CleanupException;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.SpawnException;
import pm.testing.SpawnsBehindPm;

/**
 * A JVM that orphans come to: {@code PROCESS CONTAINMENT MARK}, the first word {@code FIRST} for the first of a PID namespace, or {@code SUBREAPER}. Exits 0 when
 * the orphans of its trees were reaped, and no others. Prints {@code READY} before.
 */
public final class ReaperMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** linux/prctl.h */
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private static final int TREES = 20;

    private final ProcessManager manager;
    private final String mark;

    private ReaperMain(ProcessManager manager, String mark) {
        this.manager = manager;
        this.mark = mark;
    }

    /** Runs the scenario. */
    public static void main(String[] args) throws Exception {
        OUT.println("READY " + ProcessHandle.current().pid());
        if (args[0].equals("SUBREAPER")) {
            int result =
                    Function.getFunction("c", "prctl").invokeInt(new Object[] {PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L});
            expect(result == 0, "prctl: " + result);
        } else {
            expect(ProcessHandle.current().pid() == 1, "not the first process");
        }
        Settings settings = Settings.none()
                .with(Setting.CONTAINMENT, args[1])
                .with(Setting.TERMINATE_WAIT, Duration.ofMillis(500))
                .with(Setting.JMX, false);
        try (ProcessManager manager = ProcessManagers.open(PmApi.VERSION, settings)) {
            ReaperMain scenario = new ReaperMain(manager, args[2]);
            scenario.manyTrees();
            scenario.aTreeThatLives();
            if (args[1].equals("supervision")) {
                aTreeThatKillsItsLauncher(settings, args[2]);
            }
            scenario.anOrphanOfAStranger();
        }
        OUT.println("REAPED");
    }

    private void manyTrees() throws Exception {
        for (int tree = 0; tree < TREES; tree++) {
            String script = "(true &); (setsid sleep " + mark + " &); (sh -c 'true & sleep " + mark + "' &); sleep "
                    + mark + " &";
            expect(manager.run(ProcessSpec.of("sh", "-c", script)).cleanup().proven(), "not proven");
        }
        Awaitility.await().atMost(PATIENCE).until(() -> zombies().isEmpty());
    }

    /** What detaches itself while it lives is this JVM's child from then on, and is no stranger. */
    private void aTreeThatLives() throws Exception {
        String script = "for i in 1 2 3; do (sleep " + mark
                + " &); done; for i in 1 2 3; do (true &); done; exec sleep " + mark;
        try (ManagedProcess process = manager.spawn(ProcessSpec.of("sh", "-c", script))) {
            Awaitility.await().atMost(PATIENCE).until(() -> Marks.alive(mark).size() >= 4);
            Awaitility.await().atMost(PATIENCE).until(() -> zombies().isEmpty());
            Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> manager.health().checks().stream()
                            .filter(check -> check.name().equals("unmanaged children"))
                            .allMatch(check -> check.status() == Health.Status.OK));
            expect(process.isAlive(), "the leader was ended");
        }
        Awaitility.await().atMost(PATIENCE).until(() -> zombies().isEmpty());
    }

    private static void aTreeThatKillsItsLauncher(Settings settings, String mark) {
        String script =
                "sleep " + mark + " & (setsid sleep " + mark + " &); (true &); kill -9 $PPID; exec sleep " + mark;
        try (ProcessManager other = ProcessManagers.open(PmApi.VERSION, settings)) {
            try {
                other.spawn(ProcessSpec.of("sh", "-c", script));
            } catch (SpawnException unreported) {
                // The launcher was gone before it could report the start.
                OUT.println(unreported.getMessage());
            }
            awaitNothingOf(mark);
        } catch (CleanupException notProven) {
            // Without its launcher nothing proves the end of a tree.
        }
    }

    private static void awaitNothingOf(String mark) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<Long> left = new ArrayList<>(Marks.alive(mark));
            left.addAll(zombies());
            expect(
                    left.isEmpty(),
                    "left: " + left.stream().map(ReaperMain::stat).toList());
        });
    }

    private static String stat(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (IOException goneMeanwhile) {
            return pid + " is gone";
        }
    }

    /** A zombie that comes to us from a process that pm did not start is left to who knows it. */
    @SpawnsBehindPm("an orphan of a stranger is needed")
    private void anOrphanOfAStranger() throws Exception {
        Process stranger = new ProcessBuilder("sh", "-c", "(true &)").start();
        expect(stranger.waitFor() == 0, "the stranger failed");
        Awaitility.await().atMost(PATIENCE).until(() -> zombies().size() == 1);
        List<Long> before = zombies();
        manager.run(ProcessSpec.of("sh", "-c", "(true &); (true &)"));
        Awaitility.await().atMost(PATIENCE).until(() -> zombies().size() == 1);
        expect(zombies().equals(before), "a stranger's orphan was reaped");
    }

    /** Zombies among the children of this JVM. */
    private static List<Long> zombies() {
        long self = ProcessHandle.current().pid();
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .filter(pid -> isZombieChild(pid, self))
                .toList();
    }

    private static boolean isZombieChild(long pid, long parent) {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return status.contains("PPid:\t" + parent)
                    && status.stream().anyMatch(line -> line.startsWith("State:\tZ"));
        } catch (IOException reaped) {
            return false;
        }
    }

    private static void expect(boolean right, String message) {
        if (!right) {
            throw new AssertionError(message);
        }
    }
}
