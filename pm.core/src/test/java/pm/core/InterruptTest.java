package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessGroup;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Signal;
import pm.testing.GroupFolders;

/** Every method works on an interrupted thread and keeps the interrupt, unless it is declared to throw {@link InterruptedException}. */
class InterruptTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static ProcessManager open(String containment) {
        return ProcessManagers.open(
                PmApi.VERSION,
                Settings.none()
                        .with(Setting.CONTAINMENT, containment)
                        .with(Setting.GUARD_WAIT, LONG)
                        .with(Setting.TERMINATE_WAIT, Managed.SHORT)
                        .with(Setting.GRACEFUL_TIMEOUT, Managed.SHORT)
                        .with(Setting.KILL_WAIT, LONG));
    }

    private static void needsRootFor(String containment) {
        Assumptions.assumeTrue(
                !containment.equals("cgroup") || "root".equals(System.getProperty("user.name")),
                "needs root: to make control groups");
    }

    /** Its SIGTERM is ignored, so that close() has to wait and to kill. */
    private static ProcessSpec stubborn() {
        return ProcessSpec.of("sh", "-c", "trap '' TERM; while :; do sleep 1000; done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "supervision"})
    void everyMethodWorksOnAnInterruptedThread(String containment) throws Exception {
        needsRootFor(containment);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                Thread.currentThread().interrupt();
                use(containment);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        thread.join(LONG.toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure.get()).isNull();
    }

    private void use(String containment) {
        ProcessManager manager = open(containment);
        stillInterrupted("open");
        ManagedProcess process = manager.spawn(stubborn());
        stillInterrupted("spawn");
        assertThat(process.tree().nodes()).isNotEmpty();
        stillInterrupted("tree");
        assertThat(process.usage().processes()).isNotNull();
        stillInterrupted("usage");
        process.suspend();
        stillInterrupted("suspend");
        assertThat(process.tree().nodes()).allMatch(node -> node.pid() > 0);
        process.resume();
        stillInterrupted("resume");
        process.updateLimits(Limits.none().bestEffort(true).with(LimitKind.PROCESSES, 50));
        stillInterrupted("updateLimits");
        // Not TERM: the shell may not have set its trap yet.
        assertThat(process.signal(Signal.CONT)).isTrue();
        assertThat(manager.health().checks()).noneMatch(check -> check.status() == Health.Status.CRITICAL);
        stillInterrupted("health");
        assertThat(manager.metrics().active()).isEqualTo(1);
        assertThat(manager.active()).containsExactly(process);
        assertThat(process.onExit()).isNotDone();
        assertThat(process.asProcess().isAlive()).isTrue();
        ManagedProcess killed = manager.spawn(stubborn());
        ProcessResult end = killed.kill().join();
        assertThat(end.cause()).isEqualTo(Cause.STOPPED);
        assertThat(end.cleanup().proven()).isTrue();
        killed.close();
        stillInterrupted("close of a process");
        ManagedProcess stopped = manager.spawn(stubborn());
        assertThat(stopped.stop().join().cleanup().proven()).isTrue();
        try (ProcessGroup group = manager.group("group")) {
            assertThat(group.spawn(stubborn()).isAlive()).isTrue();
        }
        stillInterrupted("close of a group");
        assertThatThrownBy(process::await).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> manager.run(stubborn())).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        List<Long> pids = manager.active().stream().map(ManagedProcess::pid).toList();
        manager.close();
        stillInterrupted("close of the manager");
        manager.close();
        assertThat(pids).hasSize(1).noneMatch(Managed::lives);
        assertNothingIsLeftOf(manager);
    }

    private static void stillInterrupted(String call) {
        assertThat(Thread.currentThread().isInterrupted())
                .as("interrupted after %s", call)
                .isTrue();
    }

    private static void assertNothingIsLeftOf(ProcessManager manager) {
        assertThat(GroupFolders.named("pm." + manager.instanceId())).isEmpty();
        assertThat(ProcessHandle.current().children().map(ProcessHandle::pid).toList())
                .noneMatch(pid -> helperOrOwn(pid, manager.instanceId()));
    }

    private static boolean helperOrOwn(long pid, String instanceId) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return environment.contains("PM_INSTANCE_ID=" + instanceId);
        } catch (IOException gone) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "supervision"})
    void interruptsAtAnyMomentChangeNothing(String containment) throws Exception {
        needsRootFor(containment);
        long seed = System.nanoTime();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                for (int round = 0; round < 5; round++) {
                    useUnderFire(containment);
                }
            } catch (Throwable e) {
                failure.set(e);
            } finally {
                over.set(true);
            }
        });
        thread.start();
        Random random = new Random(seed);
        while (!over.get()) {
            thread.interrupt();
            LockSupport.parkNanos(random.nextInt(3_000_000));
        }
        thread.join();
        assertThat(failure.get()).as("seed %d", seed).isNull();
    }

    private static void useUnderFire(String containment) {
        ProcessManager manager = open(containment);
        ManagedProcess process = manager.spawn(stubborn());
        for (int i = 0; i < 5; i++) {
            process.suspend();
            Thread.interrupted();
            process.resume();
            process.updateLimits(Limits.none().bestEffort(true).with(LimitKind.PROCESSES, 50 + i));
            assertThat(process.tree().nodes()).isNotEmpty();
            assertThat(process.usage()).isNotNull();
            assertThat(manager.health().checks())
                    .as("checks")
                    .noneMatch(check -> check.status() == Health.Status.CRITICAL);
        }
        assertThat(process.kill()).isNotNull();
        process.close();
        manager.spawn(stubborn());
        Thread.interrupted();
        manager.close();
        await().atMost(LONG).untilAsserted(() -> {
            Thread.interrupted();
            assertNothingIsLeftOf(manager);
        });
    }
}
