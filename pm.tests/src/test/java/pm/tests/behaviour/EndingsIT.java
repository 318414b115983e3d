package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.CleanupReceipt.Ended;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTimeoutException;
import pm.api.ProcessTree;
import pm.api.Signal;
import pm.api.SpawnException;
import pm.api.Stdio;
import pm.api.StopPolicy;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class EndingsIT extends OpenManager {
    EndingsIT(String containment) {
        super(containment);
    }

    private static ProcessSpec sh(String script) {
        return ProcessSpec.of("sh", "-c", script);
    }

    private static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void exitCodeAndSignalAreTheLeadersOwn() throws Exception {
        assertThat(manager.run(sh("exit 7")).exit()).isEqualTo(new ExitStatus.Exited(7));
        assertThat(manager.run(sh("kill -9 $$")).exit()).isEqualTo(new ExitStatus.Signalled(9, false));
        ProcessResult result = manager.run(ProcessSpec.of("true"));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(result.cleanup().ended()).isEmpty();
    }

    @Test
    void theReceiptNamesWhoWasEndedByWhichStep() throws Exception {
        try (ManagedProcess process =
                manager.spawn(sh("trap '' TERM; sleep 1000 & wait; sleep 1001 & wait; sleep 1002"))) {
            Awaitility.await().until(() -> process.tree().nodes().size() == 2);
            ProcessResult result = process.stop().get(60, TimeUnit.SECONDS);
            assertThat(result.cause()).isEqualTo(Cause.STOPPED);
            assertThat(result.cleanup().proven()).isTrue();
            assertThat(result.cleanup().ended())
                    .anyMatch(ended -> ended.step() == EscalationStep.KILL && ended.pid() == process.pid());
            assertThat(result.cleanup().ended().stream().map(Ended::pid)).allMatch(pid -> !lives(pid));
        }
    }

    @Test
    void aPoliteTreeEndsByTheStopSignalAlone() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("trap 'exit 3' INT; while :; do sleep 0.05; done"))) {
            Awaitility.await().until(() -> process.tree().nodes().size() == 2);
            ProcessResult result = process.stop(
                            StopPolicy.defaults().signal(Signal.INT).terminateWait(Duration.ofSeconds(10)))
                    .get(60, TimeUnit.SECONDS);
            assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(3));
            assertThat(result.cleanup().ended()).allMatch(ended -> ended.step() == EscalationStep.TERMINATE);
        }
    }

    @Test
    void wallClockTimeout() throws Exception {
        ProcessResult result = manager.run(ProcessSpec.of("sleep", "1000").timeout(Duration.ofMillis(300)));
        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(result.duration()).isBetween(Duration.ofMillis(300), Duration.ofMinutes(1));
        assertThatThrownBy(result::orThrow).isInstanceOf(ProcessTimeoutException.class);
    }

    @Test
    void idleTimeoutCountsFromTheLastOutput() throws Exception {
        ProcessResult result = manager.run(sh("for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 1; done; sleep 1000")
                // Shorter than the output takes, and longer than a busy machine delays a line.
                .idleTimeout(Duration.ofSeconds(6))
                .stdout(Stdio.capture(1, Stdio.KIB)));
        assertThat(result.cause()).isEqualTo(Cause.IDLE);
        assertThat(result.stdout().orElseThrow().text()).isEqualTo("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    }

    @Test
    void idleTimeoutNeedsOutputToWatch() {
        assertThatThrownBy(() -> manager.spawn(ProcessSpec.of("sleep", "1000").idleTimeout(Duration.ofSeconds(1))))
                .isInstanceOf(SpawnException.class)
                .hasMessageContaining("idle");
        assertThat(manager.active()).isEmpty();
    }

    @Test
    void cpuTimeOfTheWholeTree() throws Exception {
        ProcessResult result = manager.run(sh("for i in 1 2; do (while :; do :; done) & done; wait")
                .cpuTime(Duration.ofSeconds(1))
                .timeout(Duration.ofSeconds(30)));
        assertThat(result.cause()).isEqualTo(Cause.CPU_TIME);
        assertThat(result.usage().cpu()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    @Test
    void aStoppedTreeEndsToo() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("sleep 1000 & sleep 1001"))) {
            Awaitility.await().until(() -> process.tree().nodes().size() == 3);
            process.suspend();
            ProcessResult result = process.stop().get(60, TimeUnit.SECONDS);
            assertThat(result.cleanup().proven()).isTrue();
        }
    }

    @Test
    void suspendStopsEveryProcessAndResumeLetsItGoOn() throws Exception {
        Path folder = Files.createTempDirectory("pm-" + ProcessHandle.current().pid() + "-suspend");
        Path ticks = folder.resolve("ticks");
        try (ManagedProcess process =
                manager.spawn(sh("setsid sh -c 'while :; do echo x >> " + ticks + "; sleep 0.01; done' & wait"))) {
            Awaitility.await().until(() -> Files.exists(ticks) && Files.size(ticks) > 4);
            process.suspend();
            long stopped = settled(ticks);
            assertThat(Files.size(ticks)).isEqualTo(stopped);
            process.resume();
            Awaitility.await().until(() -> Files.size(ticks) > stopped);
        } finally {
            Files.deleteIfExists(ticks);
            Files.delete(folder);
        }
    }

    /** The size once it has not changed for a while. */
    private static long settled(Path file) {
        long[] last = {-1};
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    long size = Files.size(file);
                    boolean same = size == last[0];
                    last[0] = size;
                    return same;
                });
        return last[0];
    }

    @Test
    void theTreeShowsWhatLivesAlsoWhatDetachedItself() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("(setsid sleep 1000 &); sleep 1001"))) {
            Awaitility.await().untilAsserted(() -> assertThat(
                            process.tree().nodes().stream().map(ProcessTree.Node::command))
                    .contains("sleep 1000", "sleep 1001"));
            ProcessTree tree = process.tree();
            assertThat(tree.nodes().get(0).pid()).isEqualTo(process.pid());
            assertThat(tree.nodes())
                    .allMatch(node -> lives(node.pid()) && node.startTime().isPresent());
            assertThat(tree.nodes().get(0).parentPid()).isPositive();
        }
    }

    @Test
    void aSignalReachesTheLeaderUntilItIsGone() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("trap 'exit 9' USR1; while :; do sleep 0.05; done"))) {
            Awaitility.await().until(() -> process.tree().nodes().size() == 2);
            assertThat(process.signal(Signal.USR1)).isTrue();
            assertThat(process.await().exit()).isEqualTo(new ExitStatus.Exited(9));
            assertThat(process.signal(Signal.USR1)).isFalse();
        }
    }

    @Test
    void usageCountsTheWholeTree() throws Exception {
        ProcessResult result = manager.run(
                sh(
                        "perl -e '$i++ while $i < 6000000' & perl -e '$x = \"a\" x 50_000_000; $i++ while $i < 3000000'; wait"));
        assertThat(result.usage().cpu()).isGreaterThan(Duration.ofMillis(100));
        // With a cgroup that has no memory controller the peak is known only when it is above the JVM's own: see
        // ResourceUsage.
        result.usage().peakMemoryBytes().ifPresent(peak -> assertThat(peak).isGreaterThan(40_000_000));
    }
}
