package pm.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * What consoles show of a manager's configuration: one attribute for each {@link pm.api.Setting}, all as text and none with a default. What is
 * not configured comes from system property, environment or default; a default here would go before those.
 */
@ObjectClassDefinition(
        name = "pm: process manager",
        description =
                "Settings of a process manager. What is left empty comes from system property, environment or default.")
public @interface SettingsMetatype {
    /** Most processes active at a time. */
    @AttributeDefinition(
            required = false,
            name = "max.processes",
            description = "Most processes active at a time; default: 100")
    String max_processes();

    /** Wall clock timeout where a process has none of its own. */
    @AttributeDefinition(
            required = false,
            name = "default.timeout",
            description = "Wall clock timeout where a process has none of its own; default: 300s")
    String default_timeout();

    /** Interval of removing leftovers and retrying failed cleanups. */
    @AttributeDefinition(
            required = false,
            name = "cleanup.interval",
            description = "Interval of removing leftovers and retrying failed cleanups; default: 60s")
    String cleanup_interval();

    /** Common wait for all trees after the stop signal when the manager closes. */
    @AttributeDefinition(
            required = false,
            name = "graceful.timeout",
            description = "Common wait for all trees after the stop signal when the manager closes; default: 5s")
    String graceful_timeout();

    /** What ends the trees when the JVM shuts down. */
    @AttributeDefinition(
            required = false,
            name = "shutdown",
            description =
                    "What ends the trees when the JVM shuts down: pm's shutdown hook, or the caller by close(); default: hook")
    String shutdown();

    /** Wait after the stop signal until the tree is killed. */
    @AttributeDefinition(
            required = false,
            name = "terminate.wait",
            description = "Wait after the stop signal until the tree is killed; default: 3s")
    String terminate_wait();

    /** Wait after the kill until the last resort. */
    @AttributeDefinition(
            required = false,
            name = "kill.wait",
            description = "Wait after the kill until the last resort; default: 2s")
    String kill_wait();

    /** Wait after the last resort until the tree is reported as surviving. */
    @AttributeDefinition(
            required = false,
            name = "last.resort.wait",
            description = "Wait after the last resort until the tree is reported as surviving; default: 2s")
    String last_resort_wait();

    /** Interval of health checks. */
    @AttributeDefinition(
            required = false,
            name = "health.interval",
            description = "Interval of health checks; default: 60s")
    String health_interval();

    /** Alert above so many active processes. */
    @AttributeDefinition(
            required = false,
            name = "alert.active",
            description = "Alert above so many active processes; default: 50")
    String alert_active();

    /** Alert at so many timeouts within the alert window. */
    @AttributeDefinition(
            required = false,
            name = "alert.timeouts",
            description = "Alert at so many timeouts within the alert window; default: 10")
    String alert_timeouts();

    /** Systemic alert at so many failed cleanups within the alert window. */
    @AttributeDefinition(
            required = false,
            name = "alert.cleanup.failures",
            description = "Systemic alert at so many failed cleanups within the alert window; default: 3")
    String alert_cleanup_failures();

    /** Window of the alerts about rates. */
    @AttributeDefinition(
            required = false,
            name = "alert.window",
            description = "Window of the alerts about rates; default: 10m")
    String alert_window();

    /** Interval of sampling CPU time of trees that have a CPU time timeout. */
    @AttributeDefinition(
            required = false,
            name = "cpu.sample.interval",
            description = "Interval of sampling CPU time of trees that have a CPU time timeout; default: 50ms")
    String cpu_sample_interval();

    /** How long a spawn waits for the crash guard to be ready. */
    @AttributeDefinition(
            required = false,
            name = "guard.wait",
            description = "How long a spawn waits for the crash guard to be ready; default: 2s")
    String guard_wait();

    /** Name of the backend to use; by ranking when not set. */
    @AttributeDefinition(
            required = false,
            name = "backend",
            description = "Name of the backend to use; by ranking when not set")
    String backend();

    /** Linux: cgroup folder below which pm makes its own; must work when set. */
    @AttributeDefinition(
            required = false,
            name = "cgroup.root",
            description = "Linux: cgroup folder below which pm makes its own; must work when set")
    String cgroup_root();

    /** Linux: cgroup, systemd, supervision, or auto: the first of them that can be had. */
    @AttributeDefinition(
            required = false,
            name = "containment",
            description =
                    "Linux: cgroup, systemd, supervision, or auto: the first of them that can be had; default: auto")
    String containment();

    /** Linux: another build of the launcher. */
    @AttributeDefinition(required = false, name = "launcher", description = "Linux: another build of the launcher")
    String launcher();

    /** Whether metrics and health are registered as MXBean. */
    @AttributeDefinition(
            required = false,
            name = "jmx",
            description = "Whether metrics and health are registered as MXBean; default: true")
    String jmx();

    /** Whether the MXBean may stop and kill processes. */
    @AttributeDefinition(
            required = false,
            name = "jmx.control",
            description = "Whether the MXBean may stop and kill processes; default: false")
    String jmx_control();

    /** OSGi: whether processes end when the bundle that started them stops. */
    @AttributeDefinition(
            required = false,
            name = "end.with.bundle",
            description = "OSGi: whether processes end when the bundle that started them stops; default: true")
    String end_with_bundle();
}
