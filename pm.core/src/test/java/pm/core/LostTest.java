package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessResult;
import pm.api.Setting;
import pm.api.Settings;

/** Whoever watched a tree is gone. */
class LostTest extends Managed {
    @Override
    Settings settings() {
        return super.settings()
                .with(Setting.CONTAINMENT, "supervision")
                .with(Setting.KILL_WAIT, SHORT)
                .with(Setting.LAST_RESORT_WAIT, SHORT);
    }

    @AfterEach
    @Override
    void close() {
        assertThatThrownBy(super::close).isInstanceOf(CleanupException.class);
    }

    @Test
    void aTreeWhoseLauncherWasKilledIsKilledAndNeverCalledProven() throws Exception {
        ManagedProcess process = pm.spawn(sh("sleep 1000 & sleep 1000"));
        ProcessHandle launcher =
                ProcessHandle.of(process.pid()).orElseThrow().parent().orElseThrow();
        launcher.destroyForcibly();
        ProcessResult result = process.await();
        assertThat(result.cause()).isEqualTo(Cause.LOST);
        assertThat(result.cleanup().proven()).isFalse();
        event(ProcessEvent.CleanupFailed.class, it -> true);
        await().untilAsserted(() -> assertThat(lives(process.pid())).isFalse());
        assertThatThrownBy(process::close).isInstanceOf(CleanupException.class);
    }
}
