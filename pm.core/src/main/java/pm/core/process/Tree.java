package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import pm.api.ProcessManagerException;
import pm.api.ProcessSpec;
import pm.core.backend.OpenedBackend;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/**
 * A tree as it was born.
 *
 * @param id pm's id of the process
 * @param number its place in the order of spawns
 * @param owner on whose behalf
 * @param backend that serves it
 * @param spec what was asked for
 * @param limits what is held of the limits that were asked for
 * @param watch hears of limits that it meets
 * @param containment its container
 * @param leader its first process
 * @param startTime when it was started
 * @param startNanos the same as {@link System#nanoTime()}
 * @param journal tells what happens to it
 */
record Tree(
        String id,
        long number,
        Owner owner,
        OpenedBackend backend,
        ProcessSpec spec,
        HeldLimits limits,
        LimitWatch watch,
        Containment containment,
        NativeProcess leader,
        Instant startTime,
        long startNanos,
        Journal journal)
        implements Scoped {
    @Override
    public boolean isOn(OpenedBackend other) {
        return backend.equals(other);
    }

    /** The time since the start. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Asks the system about it, for a caller. */
    <T> T ask(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (BackendException e) {
            throw new ProcessManagerException("Could not " + what + ": " + e.getMessage(), journal.context(), e);
        }
    }

    /** What is asked. */
    interface Question<T> {
        T ask() throws BackendException;
    }
}
