package pm.tests.behaviour;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.opentest4j.TestAbortedException;
import pm.api.NoBackendException;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.Setting;
import pm.api.Settings;

/** A manager with short waits and one kind of containment, opened before and closed after each test. */
abstract class OpenManager {
    static final String CGROUP = "cgroup";
    static final String SUPERVISION = "supervision";

    /** Not the wait of one tree, so that a test sees which of them is used. */
    static final Duration COMMON_WAIT = Duration.ofMillis(400);

    private final String containment;
    ProcessManager manager;

    OpenManager(String containment) {
        this.containment = containment;
    }

    /** What holds the trees. */
    String containment() {
        return containment;
    }

    /** Settings of this class's manager. */
    Settings settings() {
        return Settings.none()
                .with(Setting.CONTAINMENT, containment)
                .with(Setting.TERMINATE_WAIT, Duration.ofMillis(300))
                .with(Setting.GRACEFUL_TIMEOUT, COMMON_WAIT)
                .with(Setting.DEFAULT_TIMEOUT, Duration.ofSeconds(60));
    }

    @BeforeEach
    void open() {
        manager = open(settings());
    }

    /** A host without a control group of ours cannot test with one; the machines of CI must have one. */
    ProcessManager open(Settings settings) {
        try {
            return ProcessManagers.open(PmApi.VERSION, settings);
        } catch (NoBackendException e) {
            if (containment.equals(CGROUP) && !"true".equals(System.getenv("CI"))) {
                throw new TestAbortedException("no control group for pm on this host: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    @AfterEach
    void close() {
        if (manager != null) {
            manager.close();
        }
    }
}
