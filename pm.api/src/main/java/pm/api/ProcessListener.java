package pm.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of everything that happens. Called on one thread of the manager's, one event after the other, holding no lock: it may spawn and
 * stop, but a wait in it delays the events behind it, never a process. An exception is logged and goes no further.
 */
@ConsumerType
@FunctionalInterface
public interface ProcessListener {
    /** Something happened. */
    void onEvent(ProcessEvent event);
}
