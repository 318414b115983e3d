package pm.cli.json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;

/** An event as fields: when, what and how bad, whom it is about, then the event's own. */
public final class EventFields {
    /** When it happened, ISO-8601. */
    public static final String TIME = "time";
    /** The kind: the name of its class in {@link ProcessEvent}. */
    public static final String EVENT = "event";
    /** How much it matters. */
    public static final String SEVERITY = "severity";

    private EventFields() {}

    /** The fields in order. */
    public static Map<String, Object> of(ProcessEvent event) {
        ErrorContext context = event.context();
        Map<String, Object> fields = new LinkedHashMap<>();
        PlainValues.put(fields, TIME, event.time());
        PlainValues.put(fields, EVENT, event.getClass().getSimpleName());
        PlainValues.put(fields, SEVERITY, event.severity());
        PlainValues.put(fields, "instanceId", context.instanceId());
        PlainValues.put(fields, "processId", context.processId());
        PlainValues.put(fields, "pid", context.pid());
        PlainValues.put(fields, "command", context.command());
        PlainValues.put(fields, "label", context.label());
        PlainValues.put(fields, "owner", context.owner());
        PlainValues.put(fields, "parentPid", context.jvmPid());
        if (event instanceof Record own) {
            PlainValues.ofRecord(own).forEach((name, value) -> {
                if (!name.equals("context") && !name.equals(TIME)) {
                    fields.put(fields.containsKey(name) ? other(name) : name, value);
                }
            });
        }
        return fields;
    }

    /** The name of a field of another process than the one in whose context the event happened. */
    private static String other(String name) {
        return "other" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
