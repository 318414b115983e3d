package pm.cli.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import pm.api.ProcessEvent;
import pm.cli.json.EventFields;
import pm.cli.json.JsonText;

/** The forms of {@code --events}. */
enum EventFormat {
    /** One JSON object. */
    JSON {
        @Override
        String line(ProcessEvent event) {
            return JsonText.line(EventFields.of(event));
        }
    },
    /** Time, severity and event, then the rest as {@code name=value}. */
    TEXT {
        @Override
        String line(ProcessEvent event) {
            Map<String, Object> fields = EventFields.of(event);
            String rest = fields.entrySet().stream()
                    .filter(field -> !HEAD.contains(field.getKey())
                            && !Objects.toString(field.getValue(), "").isEmpty())
                    .map(field -> field.getKey() + "=" + oneLine(field.getValue()))
                    .collect(Collectors.joining(" "));
            return HEAD.stream().map(name -> fields.get(name).toString()).collect(Collectors.joining(" ")) + " " + rest;
        }
    };

    private static final List<String> HEAD = List.of(EventFields.TIME, EventFields.SEVERITY, EventFields.EVENT);

    /** The line for an event, without its end. */
    abstract String line(ProcessEvent event);

    private static String oneLine(Object value) {
        return known(value).toString().replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Without figures that are not known: they would fill the line. */
    private static Object known(Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .filter(field -> field.getValue() != null)
                    .map(field -> field.getKey() + "=" + known(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value;
    }
}
