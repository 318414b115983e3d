package pm.core.jmx;

import java.util.List;
import java.util.Map;

/**
 * What JMX shows of a manager. Everything here is read-only; commands come masked, and environment values are nowhere. Times are
 * milliseconds.
 */
public interface ProcessManagerMXBean {
    /** The manager's id. */
    String getInstanceId();

    /** The version of the API that is installed. */
    String getApiVersion();

    /** The name of the backend. */
    String getBackend();

    /** Why it is this one. */
    String getBackendReason();

    /** What holds the trees. */
    String getContainment();

    /** More about the backend. */
    List<String> getBackendFacts();

    /** The other backends, with the reasons against them. */
    Map<String, String> getRefusedBackends();

    /** What the host does with each limit, and by what means. */
    Map<String, String> getCapabilities();

    /** The settings in force, with their origins. */
    Map<String, String> getSettings();

    /** OK, WARNING or CRITICAL: as of the latest check. */
    String getHealth();

    /** Each check of the latest health, with what was seen. */
    Map<String, String> getHealthChecks();

    /** The alerts that are on. */
    List<String> getAlerts();

    /** Processes whose trees are not proven empty. */
    List<ProcessView> getActiveProcesses();

    /** How many they are. */
    int getActive();

    /** Processes started. */
    long getSpawned();

    /** Spawns that failed, by kind. */
    Map<String, Long> getSpawnFailures();

    /** Trees that ended, by cause. */
    Map<String, Long> getExits();

    /** Timeouts, by kind. */
    Map<String, Long> getTimeouts();

    /** Trees that met a limit, by kind. */
    Map<String, Long> getLimitViolations();

    /** Trees proven empty. */
    long getCleanups();

    /** Trees that survived, and containers that could not be removed. */
    long getCleanupFailures();

    /** Steps taken. */
    Map<String, Long> getEscalationSteps();

    /** Failures since the manager was opened, by kind. */
    Map<String, Long> getErrors();

    /** Failures in the last ten minutes, by kind. */
    Map<String, Long> getErrorsInLastTenMinutes();

    /** Failures in the last hour, by kind. */
    Map<String, Long> getErrorsInLastHour();

    /** From the call of spawn until the program ran. */
    LatencyView getSpawnLatency();

    /** From the leader's end or the first step until the tree was proven empty. */
    LatencyView getCleanupLatency();

    /** Events that listeners and log did not get. */
    long getDroppedEvents();
}
