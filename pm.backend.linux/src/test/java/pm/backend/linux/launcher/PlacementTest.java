package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.ProcFiles;
import pm.spi.BackendException;
import pm.spi.StartException;

/** A launcher that is put somewhere before it starts the command. */
class PlacementTest {
    private final CompletableFuture<LauncherMessage> empty = new CompletableFuture<>();
    private final CompletableFuture<ExitStatus> launcherEnded = new CompletableFuture<>();
    private Workbench bench;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private SupervisorProcess supervise(SuperviseRequest request) throws StartException {
        return bench.launching()
                .supervise(request, new SupervisorProcess.Listener(this::heard, launcherEnded::complete));
    }

    private void heard(LauncherMessage message) {
        if (message.kind() == LauncherMessage.Kind.EMPTY) {
            empty.complete(message);
        }
    }

    private SuperviseRequest touch() {
        return SuperviseRequest.of(Requests.quietShell("echo > " + folder.resolve("ran")));
    }

    @Test
    void nothingRunsBeforeTheLauncherIsInItsPlaceWhichItKeepsUntilItIsToldToLeave() throws Exception {
        List<Long> launchers = new ArrayList<>();
        SupervisorProcess supervisor = supervise(touch().placedBy(launcher -> {
            launchers.add(launcher);
            assertThat(ProcFiles.stat(launcher)).isPresent();
            assertThat(Descendants.of(launcher)).isEmpty();
            assertThat(folder.resolve("ran")).doesNotExist();
        }));
        assertThat(launchers).containsExactly(supervisor.pid());
        assertThat(empty).succeedsWithin(Duration.ofSeconds(30));
        assertThat(launcherEnded).isNotDone();
        supervisor.send(Order.BYE, 0);
        assertThat(launcherEnded.get(60, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(0));
        assertThat(folder.resolve("ran")).exists();
    }

    @Test
    void nothingRunsWhenThereIsNoPlace() {
        List<Long> launchers = new ArrayList<>();
        SuperviseRequest request = touch().placedBy(launcher -> {
            launchers.add(launcher);
            throw new BackendException("Could not move it: no room");
        });
        assertThat(catchThrowableOfType(StartException.class, () -> supervise(request)))
                .hasMessage("Could not start 'sh': Could not move it: no room");
        assertThat(ProcFiles.stat(launchers.get(0))).isEmpty();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** As a command does whose first act is to stop its parent: the launcher has not yet said that it runs. */
    @Test
    void aStoppedLauncherIsWokenUntilTheCommandRuns() throws Exception {
        SupervisorProcess supervisor = supervise(touch().placedBy(PlacementTest::stop));
        assertThat(empty).succeedsWithin(Duration.ofSeconds(30));
        assertThat(folder.resolve("ran")).exists();
        supervisor.send(Order.BYE, 0);
        assertThat(launcherEnded.get(60, TimeUnit.SECONDS)).isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void aStoppedLauncherIsWokenToLeave() {
        List<Long> launchers = new ArrayList<>();
        SuperviseRequest request = touch().placedBy(launcher -> {
            launchers.add(launcher);
            stop(launcher);
            throw new BackendException("Could not move it: no room");
        });
        assertThat(catchThrowableOfType(StartException.class, () -> supervise(request)))
                .hasMessage("Could not start 'sh': Could not move it: no room");
        assertThat(ProcFiles.stat(launchers.get(0))).isEmpty();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    private static void stop(long launcher) {
        try (HeldProcess held = HeldProcess.open(launcher)) {
            held.signal(Signals.SIGSTOP);
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
        await().until(() -> ProcFiles.stat(launcher).orElseThrow().state() == 'T');
    }

    /** Whoever places it may make a mistake: then it must not wait for ever. */
    @Test
    void nothingIsLeftAfterAMistake() {
        List<Long> launchers = new ArrayList<>();
        SuperviseRequest request = touch().placedBy(launcher -> {
            launchers.add(launcher);
            throw new IllegalStateException("a mistake");
        });
        assertThatThrownBy(() -> supervise(request)).isInstanceOf(IllegalStateException.class);
        assertThat(ProcFiles.stat(launchers.get(0))).isEmpty();
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void whatCannotBeStartedIsToldAfterThePlaceWasFound() {
        List<Long> launchers = new ArrayList<>();
        SuperviseRequest request =
                SuperviseRequest.of(Requests.of("/nonexistent/x")).placedBy(launchers::add);
        assertThat(catchThrowableOfType(StartException.class, () -> supervise(request)))
                .hasMessage("Could not start '/nonexistent/x': no such file or directory (ENOENT)");
        assertThat(launchers).hasSize(1);
        await().until(() -> !Files.exists(Path.of("/proc/" + launchers.get(0))));
    }
}
