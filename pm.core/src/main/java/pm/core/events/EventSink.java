package pm.core.events;

import pm.api.ProcessEvent;

/**
 * Takes the events of one manager.
 *
 * <p>Implementations are safe for use by any thread, return quickly, neither wait for I/O nor for a process, and throw
 * nothing: whoever publishes may be supervising a process and must not be held up or diverted.
 */
@FunctionalInterface
public interface EventSink {

    /** Takes one event; events of one process arrive in the order in which they happened. */
    void publish(ProcessEvent event);
}
