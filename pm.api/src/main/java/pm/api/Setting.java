package pm.api;

import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set for a manager. Each has a default and can be set, in rising order of precedence, by an environment variable, a
 * system property, OSGi Configuration Admin, and in code by {@link Settings}. Immutable; safe for use by any thread.
 */
public enum Setting {
    /** Most processes active at a time; beyond it spawn fails at once. */
    MAX_PROCESSES("max.processes", SettingType.COUNT, "100", "Most processes active at a time"),
    /** Wall clock timeout of processes that have none of their own. */
    DEFAULT_TIMEOUT(
            "default.timeout",
            SettingType.POSITIVE_DURATION,
            "300s",
            "Wall clock timeout where a process has none of its own"),
    /** Interval of removing empty containers, leftovers of dead managers, and of retrying failed cleanups. */
    CLEANUP_INTERVAL(
            "cleanup.interval",
            SettingType.POSITIVE_DURATION,
            "60s",
            "Interval of removing leftovers and retrying failed cleanups"),
    /** Common graceful wait for all trees at shutdown and close of the manager. */
    GRACEFUL_TIMEOUT(
            "graceful.timeout",
            SettingType.DURATION,
            "5s",
            "Common wait for all trees after the stop signal when the manager closes"),
    /** What ends the trees when the JVM shuts down. */
    SHUTDOWN(
            "shutdown",
            SettingType.SHUTDOWN,
            "hook",
            "What ends the trees when the JVM shuts down: pm's shutdown hook, or the caller by close()"),
    /** Wait after the stop signal. */
    TERMINATE_WAIT("terminate.wait", SettingType.DURATION, "3s", "Wait after the stop signal until the tree is killed"),
    /** Wait after the kill. */
    KILL_WAIT("kill.wait", SettingType.DURATION, "2s", "Wait after the kill until the last resort"),
    /** Wait after the last resort. */
    LAST_RESORT_WAIT(
            "last.resort.wait",
            SettingType.DURATION,
            "2s",
            "Wait after the last resort until the tree is reported as surviving"),
    /** Interval of health checks. */
    HEALTH_INTERVAL("health.interval", SettingType.POSITIVE_DURATION, "60s", "Interval of health checks"),
    /** Alert above so many active processes. */
    ALERT_ACTIVE("alert.active", SettingType.COUNT, "50", "Alert above so many active processes"),
    /** Alert at so many timeouts within the window. */
    ALERT_TIMEOUTS("alert.timeouts", SettingType.COUNT, "10", "Alert at so many timeouts within the alert window"),
    /** Alert at so many failed cleanups within the window. */
    ALERT_CLEANUP_FAILURES(
            "alert.cleanup.failures",
            SettingType.COUNT,
            "3",
            "Systemic alert at so many failed cleanups within the alert window"),
    /** The window of rate alerts. */
    ALERT_WINDOW("alert.window", SettingType.POSITIVE_DURATION, "10m", "Window of the alerts about rates"),
    /** Interval at which CPU time is sampled for CPU time timeouts. */
    CPU_SAMPLE_INTERVAL(
            "cpu.sample.interval",
            SettingType.POSITIVE_DURATION,
            "50ms",
            "Interval of sampling CPU time of trees that have a CPU time timeout"),
    /** How long a spawn waits for the crash guard to be ready. */
    GUARD_WAIT("guard.wait", SettingType.DURATION, "2s", "How long a spawn waits for the crash guard to be ready"),
    /** Name of the backend to use. */
    BACKEND("backend", SettingType.TEXT, null, "Name of the backend to use; by ranking when not set"),
    /** Linux: folder of a cgroup in which pm makes its own. */
    CGROUP_ROOT(
            "cgroup.root",
            SettingType.ABSOLUTE_PATH,
            null,
            "Linux: cgroup folder below which pm makes its own; must work when set"),
    /** Linux: what holds the trees. */
    CONTAINMENT(
            "containment",
            SettingType.CONTAINMENT,
            "auto",
            "Linux: cgroup, systemd, supervision, or auto: the first of them that can be had"),
    /** Linux: another build of the launcher. */
    LAUNCHER("launcher", SettingType.ABSOLUTE_PATH, null, "Linux: another build of the launcher"),
    /** Whether the manager is registered as MXBean. */
    JMX("jmx", SettingType.FLAG, "true", "Whether metrics and health are registered as MXBean"),
    /** Whether the MXBean may stop processes. */
    JMX_CONTROL("jmx.control", SettingType.FLAG, "false", "Whether the MXBean may stop and kill processes"),
    /** OSGi: whether a bundle's processes end with it. */
    END_WITH_BUNDLE(
            "end.with.bundle",
            SettingType.FLAG,
            "true",
            "OSGi: whether processes end when the bundle that started them stops");

    private final String key;
    private final SettingType type;
    private final String defaultText;
    private final String description;

    Setting(String key, SettingType type, String defaultText, String description) {
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
    }

    /** The key in Configuration Admin, for instance {@code max.processes}. */
    public String key() {
        return key;
    }

    /** The system property, for instance {@code pm.max.processes}. */
    public String property() {
        return "pm." + key;
    }

    /** The environment variable, for instance {@code PM_MAX_PROCESSES}. */
    public String variable() {
        return property().replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** What values look like. */
    public SettingType type() {
        return type;
    }

    /** The value when nothing is set; empty when the setting is then off. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** What it is for, one line. */
    public String description() {
        return description;
    }
}
