package pm.core;

import pm.api.EffectiveSettings;
import pm.core.backend.BackendChoice;
import pm.core.backend.BackendDiscovery;
import pm.core.backend.OpenedBackend;
import pm.core.output.Buffers;
import pm.core.process.Processes;
import pm.core.process.SupervisionThreads;
import pm.core.process.Surroundings;
import pm.spi.BackendException;
import pm.spi.SessionRequest;

/**
 * What a manager is made of.
 *
 * @param instanceId its id
 * @param settings in force
 * @param telemetry events, metrics and alerts
 * @param threads of the supervision
 * @param backend the open backend
 * @param processes its processes
 */
record Parts(
        String instanceId,
        EffectiveSettings settings,
        Telemetry telemetry,
        SupervisionThreads threads,
        OpenedBackend backend,
        Processes processes) {

    /**
     * Makes them.
     *
     * @throws pm.api.NoBackendException when no backend can be used; nothing is left open then
     */
    static Parts open(EffectiveSettings settings, BackendDiscovery backends) {
        String instanceId = InstanceId.next();
        Telemetry telemetry = new Telemetry(instanceId, settings);
        SessionEvents session = new SessionEvents(instanceId, telemetry.events(), telemetry.alerts());
        OpenedBackend backend;
        try {
            backend = new BackendChoice(backends).open(new SessionRequest(instanceId, settings, session));
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
                surroundings, backend.session(), count -> telemetry.alerts().activeChanged(active::count));
        active.processes = processes;
        return new Parts(instanceId, settings, telemetry, threads, backend, processes);
    }

    /** The count of processes, for alerts that are there before the first process. */
    private static final class Active {
        private volatile Processes processes;

        int count() {
            return processes.activeCount();
        }
    }

    /** Ends threads and session; telemetry is closed last, by itself, so that it can tell of it. */
    void close() throws BackendException {
        threads.close();
        backend.session().close();
    }
}
