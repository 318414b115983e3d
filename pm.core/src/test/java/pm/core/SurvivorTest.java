package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import pm.api.AlertKind;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.EscalationStep;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessResult;
import pm.api.ProcessTree;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/** A tree that no signal can end: frozen by a version 1 freezer, where even SIGKILL waits until it is thawed (cgroups(7)). */
class SurvivorTest extends Managed {
    private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");

    @Override
    Settings settings() {
        Duration wait = Duration.ofMillis(100);
        return super.settings()
                .with(Setting.KILL_WAIT, wait)
                .with(Setting.LAST_RESORT_WAIT, wait)
                .with(Setting.CLEANUP_INTERVAL, wait);
    }

    @Test
    void aTreeThatSurvivesEveryStepIsReportedKeptAndTriedAgain() throws Exception {
        Assumptions.assumeTrue(
                Files.isWritable(FREEZER.resolve("cgroup.procs")), "needs a version 1 freezer, and root");
        Path folder = Files.createDirectory(FREEZER.resolve("pm." + pm.instanceId()));
        try {
            survive(folder);
        } finally {
            Files.writeString(folder.resolve("freezer.state"), "THAWED");
            await().ignoreException(IOException.class).until(() -> Files.deleteIfExists(folder));
        }
    }

    private void survive(Path folder) throws Exception {
        ManagedProcess process = pm.spawn(sh("echo $$; exec sleep 1000").stdout(Stdio.pipe()));
        BufferedReader reader = process.asProcess().inputReader();
        assertThat(reader.readLine()).isEqualTo(Long.toString(process.pid()));
        Files.writeString(folder.resolve("cgroup.procs"), Long.toString(process.pid()));
        Files.writeString(folder.resolve("freezer.state"), "FROZEN");
        await().until(() -> Files.readString(folder.resolve("freezer.state")).equals("FROZEN\n"));

        CleanupException thrown = catchThrowableOfType(CleanupException.class, process::close);
        assertThat(thrown.survivors()).extracting(ProcessTree.Node::pid).containsExactly(process.pid());
        assertThat(thrown).hasMessageContaining(Long.toString(process.pid())).hasMessageContaining(" D ");
        for (EscalationStep step : EscalationStep.values()) {
            assertThat(event(ProcessEvent.Escalated.class, it -> true).step()).isEqualTo(step);
        }
        ProcessEvent.CleanupFailed failed = event(ProcessEvent.CleanupFailed.class, it -> true);
        assertThat(failed.severity()).isEqualTo(ProcessEvent.Severity.CRITICAL);
        assertThat(failed.survivors()).hasSize(1);
        assertThat(event(ProcessEvent.AlertStarted.class, it -> true).alert()).isEqualTo(AlertKind.CLEANUP_FAILED);

        ProcessResult result = process.await();
        assertThat(result.cause()).isEqualTo(Cause.STOPPED);
        assertThat(result.cleanup().proven()).isFalse();
        assertThat(process.isAlive()).isFalse();
        assertThat(pm.active()).containsExactly(process);
        assertThat(pm.health().status()).isEqualTo(Health.Status.CRITICAL);

        Files.writeString(folder.resolve("freezer.state"), "THAWED");
        assertThat(event(ProcessEvent.CleanedUp.class, it -> true).receipt().proven())
                .isTrue();
        event(ProcessEvent.AlertEnded.class, it -> it.alert() == AlertKind.CLEANUP_FAILED);
        assertThat(pm.active()).isEmpty();
        assertThat(lives(process.pid())).isFalse();
        process.close();
    }
}
