package pm.tests.vm;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/** A manager with short waits, chosen by pm as this mode has it; opened before and closed after each test. */
abstract class ManagerHere {
    final Mode mode = Mode.current();
    ProcessManager manager;

    @BeforeEach
    void open() {
        manager = ProcessManagers.open(
                PmApi.VERSION,
                Settings.none()
                        .with(Setting.TERMINATE_WAIT, Duration.ofMillis(500))
                        .with(Setting.GRACEFUL_TIMEOUT, Duration.ofMillis(500))
                        .with(Setting.KILL_WAIT, Duration.ofSeconds(30))
                        .with(Setting.DEFAULT_TIMEOUT, Duration.ofSeconds(90)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** A shell command, its output captured. */
    static ProcessSpec shell(String script) {
        return ProcessSpec.of("sh", "-c", script)
                .stdout(Stdio.capture(1, Stdio.MIB))
                .stderr(Stdio.merge());
    }

    static String output(ProcessResult result) {
        return result.stdout().orElseThrow().text().strip();
    }
}
