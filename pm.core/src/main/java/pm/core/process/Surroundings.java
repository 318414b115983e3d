package pm.core.process;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pm.api.EffectiveSettings;
import pm.core.events.EventSink;
import pm.core.output.Buffers;

/**
 * What every process of a manager shares.
 *
 * @param instanceId the manager's id
 * @param inForce the settings of the moment
 * @param events where events go
 * @param debug whether anybody wants events that cost a look at the system
 * @param threads of the supervision
 * @param buffers for reading output
 */
public record Surroundings(
        String instanceId,
        Supplier<EffectiveSettings> inForce,
        EventSink events,
        BooleanSupplier debug,
        SupervisionThreads threads,
        Buffers buffers) {
    /** The settings of this moment. */
    EffectiveSettings settings() {
        return inForce.get();
    }
}
