package pm.core.events;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import pm.api.ProcessEvent;
import pm.api.ProcessEvent.Severity;
import pm.api.ProcessListener;

/**
 * Logs every event to the SLF4J logger {@value #LOGGER} with one key-value pair per field, so that any structured encoder prints it as data.
 * Critical events are errors with {@code severity=CRITICAL}; trees are logged at debug level. Safe for use by any thread.
 */
public final class Slf4jEventLog implements ProcessListener {
    /** The logger's name. */
    public static final String LOGGER = "pm.events";

    private final Logger logger;

    /** To the logger of that name. */
    public Slf4jEventLog() {
        this(LoggerFactory.getLogger(LOGGER));
    }

    Slf4jEventLog(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void onEvent(ProcessEvent event) {
        Level level = level(event.severity());
        if (logger.isEnabledForLevel(level)) {
            LoggingEventBuilder line = logger.atLevel(level);
            for (Map.Entry<String, Object> field : EventFields.of(event).entrySet()) {
                line = line.addKeyValue(field.getKey(), field.getValue());
            }
            line.log(EventText.of(event));
        }
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case CRITICAL -> Level.ERROR;
        };
    }

    @Override
    public String toString() {
        return "the log " + LOGGER;
    }
}
