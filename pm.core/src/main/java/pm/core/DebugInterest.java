package pm.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pm.api.ProcessManager.Registration;
import pm.core.events.Slf4jEventLog;

/** Whether anybody wants events that cost a look at the system: a listener, or the log at debug level. Safe for use by any thread. */
final class DebugInterest implements BooleanSupplier {
    private final Logger log = LoggerFactory.getLogger(Slf4jEventLog.LOGGER);
    private final AtomicInteger listeners = new AtomicInteger();

    @Override
    public boolean getAsBoolean() {
        return listeners.get() > 0 || log.isDebugEnabled();
    }

    /** Counts a listener until its registration is closed. */
    Registration counted(Registration registration) {
        listeners.incrementAndGet();
        return new Registration() {
            private boolean closed;

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    listeners.decrementAndGet();
                    registration.close();
                }
            }
        };
    }
}
