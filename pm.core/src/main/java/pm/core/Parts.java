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
import pm.spi.BackendException;

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
     * @throws pm.api.NoBackendException when no backend can be used; nothing is left open then
     */
    static Parts open(EffectiveSettings first, BackendDiscovery found) {
        String instanceId = InstanceId.next();
        LiveSettings settings = new LiveSettings(first);
        Telemetry telemetry = new Telemetry(instanceId, settings);
        SessionEvents session = new SessionEvents(instanceId, telemetry.events(), telemetry.alerts());
        SessionRequests requests = new SessionRequests(instanceId, session);
        Backends backends;
        try {
            backends = new Backends(new BackendChoice(found).open(requests.next(first)));
        } catch (RuntimeException | Error e) {
            telemetry.close();
            throw e;
        }
        SupervisionThreads threads = new SupervisionThreads(
                instanceId, failure -> session.warned("Could not finish a task of the supervision: " + failure));
        Surroundings surroundings =
                new Surroundings(instanceId, settings, telemetry.events(), telemetry.debug(), threads, new Buffers());
        Active active = new Active();
        Processes processes = new Processes(
                surroundings, backends, count -> telemetry.alerts().activeChanged(active::count));
        active.processes = processes;
        return new Parts(instanceId, settings, telemetry, threads, requests, backends, processes);
    }

    /** The count of processes, for alerts that are there before the first process. */
    private static final class Active {
        private volatile Processes processes;

        int count() {
            return processes.activeCount();
        }
    }

    /** Ends threads and sessions; telemetry is closed last, by itself, so that it can tell of it. */
    void close() throws BackendException {
        threads.close();
        backends.close();
    }
}
