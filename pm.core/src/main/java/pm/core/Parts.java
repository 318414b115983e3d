package pm.core;

import pm.api.EffectiveSettings;
import pm.core.backend.BackendChoice;
import pm.core.backend.BackendDiscovery;
import pm.core.backend.Backends;
import pm.core.output.Buffers;
import pm.core.process.Processes;
import pm.core.process.SupervisionThreads;
import pm.core.process.Surroundings;
import pm.core.settings.LiveSettings;

/**
 * What a manager is made of.
 *
 * @param instanceId its id
 * @param settings in force
 * @param telemetry events, metrics and alerts
 * @param threads of the supervision
 * @param requests asks backends for sessions
 * @param backends the open backends
 * @param processes its processes
 */
record Parts(
        String instanceId,
        LiveSettings settings,
        Telemetry telemetry,
        SupervisionThreads threads,
        SessionRequests requests,
        Backends backends,
        Processes processes) {

    /**
     * Makes them.
     *
     * @param instanceId of the manager
     * @param first the settings in force when it opens
     * @param found backends to choose from
     * @throws pm.api.NoBackendException when no backend can be used; nothing is left open then
     */
    static Parts open(String instanceId, EffectiveSettings first, BackendDiscovery found) {
        LiveSettings settings = new LiveSettings(first);
        Telemetry telemetry = new Telemetry(instanceId, settings);
        SessionEvents session = new SessionEvents(instanceId, telemetry.events(), telemetry.alerts());
        SessionRequests requests = new SessionRequests(instanceId, session);
        SupervisionThreads threads = null;
        try {
            threads = new SupervisionThreads(
                    instanceId, failure -> session.warned("Could not finish a task of the supervision: " + failure));
            Surroundings surroundings = new Surroundings(
                    instanceId, settings, telemetry.events(), telemetry.debug(), threads, new Buffers());
            Active active = new Active();
            // Last: whatever fails before it leaves no session open.
            Backends backends = new Backends(new BackendChoice(found).open(requests.next(first)));
            Processes processes = new Processes(
                    surroundings, backends, count -> telemetry.alerts().activeChanged(active::count));
            active.processes = processes;
            return new Parts(instanceId, settings, telemetry, threads, requests, backends, processes);
        } catch (RuntimeException | Error e) {
            if (threads != null) {
                threads.close();
            }
            telemetry.close();
            throw e;
        }
    }

    /** The count of processes, for alerts that are there before the first process. */
    private static final class Active {
        private volatile Processes processes;

        int count() {
            return processes.activeCount();
        }
    }
}
