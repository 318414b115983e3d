package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import pm.api.AlertKind;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.NoBackendException;
import pm.api.ProcessEvent;
import pm.api.ProcessTree;
import pm.api.Setting;
import pm.api.Settings;
import pm.testing.SpawnsBehindPm;

/** A real manager in a control group repairs by the clock what is done to it behind its back, and reports it. */
class HousekeepingTest extends Managed {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    @Override
    Settings settings() {
        return super.settings()
                .with(Setting.CONTAINMENT, "cgroup")
                .with(Setting.CLEANUP_INTERVAL, Duration.ofMillis(150));
    }

    /** The machines of CI must have a control group for pm. */
    @BeforeEach
    @Override
    void open() {
        try {
            super.open();
        } catch (NoBackendException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            throw new TestAbortedException("no control group for pm on this host: " + e.getMessage(), e);
        }
    }

    @AfterEach
    @Override
    void close() {
        if (pm != null) {
            super.close();
        }
    }

    @Test
    void aGuardThatIsKilledIsCriticalAndAnAlertUntilAnotherIsReady() throws Exception {
        await().atMost(LONG).until(() -> guard().status() == Health.Status.OK);
        assertThat(guard().detail()).matches("pid \\d+");
        long first = pidOfGuard();
        assertThat(ProcessHandle.of(first).orElseThrow().parent()).contains(ProcessHandle.current());
        try (ManagedProcess process = pm.spawn(sh("exec sleep 1000"))) {
            kill(first);

            ProcessEvent.AlertStarted lost =
                    event(ProcessEvent.AlertStarted.class, it -> it.alert() == AlertKind.GUARD_LOST);
            assertThat(lost.detail()).contains("signal 9");
            // Each guard that is killed makes the next one wait longer, until a check comes in between.
            await().atMost(LONG).until(() -> {
                guards(process.pid()).forEach(HousekeepingTest::kill);
                return guard().status() == Health.Status.CRITICAL;
            });
            event(ProcessEvent.AlertEnded.class, it -> it.alert() == AlertKind.GUARD_LOST);
            await().atMost(LONG).until(() -> guard().status() == Health.Status.OK);
            assertThat(pidOfGuard()).isNotEqualTo(first);
            assertThat(lives(process.pid())).isTrue();
        }
    }

    @Test
    @SpawnsBehindPm("a process in a group of the manager, but of no tree")
    void whatIsInNoTreeIsEndedByTheClockAndReportedAsOrphans() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("exec sleep 1000"))) {
            Path group = groupOf(process.pid()).resolveSibling("nobodys");
            Process orphan = new ProcessBuilder("sleep", "1000").start();
            await().atMost(LONG).until(() -> moved(orphan.pid(), group));

            assertThat(orphan.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(orphan.exitValue()).isEqualTo(128 + 9);
            ProcessEvent.OrphansFound found =
                    event(ProcessEvent.OrphansFound.class, it -> it.where().equals(group.toString()));
            assertThat(found.orphans()).extracting(ProcessTree.Node::pid).contains(orphan.pid());
            assertThat(found.context().instanceId()).isEqualTo(pm.instanceId());
            await().atMost(LONG).until(() -> !Files.exists(group));
            assertThat(lives(process.pid())).isTrue();
        }
    }

    /** Moves a process into a new group, unless the clock removes the group before, since it is empty. */
    private static boolean moved(long pid, Path group) throws IOException {
        Files.createDirectories(group);
        try {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
            return true;
        } catch (IOException removed) {
            return false;
        }
    }

    private Health.Check guard() {
        return check("guard");
    }

    private long pidOfGuard() {
        return Long.parseLong(guard().detail().replace("pid ", ""));
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The guards that run now: every child of this JVM but the leader. */
    private static List<Long> guards(long leader) {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.map(ProcessHandle::pid).filter(pid -> pid != leader).toList();
        }
    }

    /** The folder of a process's control group of version 2, see cgroups(7), /proc/pid/cgroup. */
    private static Path groupOf(long pid) throws IOException {
        String path = Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .orElseThrow()
                .substring("0::/".length());
        Path unified = CGROUPS.resolve("unified");
        return (Files.isDirectory(unified) ? unified : CGROUPS).resolve(path);
    }
}
