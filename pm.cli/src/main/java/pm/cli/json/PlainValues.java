package pm.cli.json;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.EffectiveSettings;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.Setting;

/**
 * Turns values of {@link pm.api} into what JSON knows: maps, lists, numbers, texts, truth values and null. Records become maps of their
 * components, whatever they are, so that an event of a later version is shown whole too.
 */
public final class PlainValues {
    private static final double THOUSANDTHS = 1000;

    private PlainValues() {}

    /** The components of a record by name; a duration's name ends in {@code Millis}. */
    public static Map<String, Object> ofRecord(Record value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            put(fields, component.getName(), read(component, value));
        }
        return fields;
    }

    /** Adds one value under its name; a duration's name gets {@code Millis}. */
    public static void put(Map<String, Object> fields, String name, Object value) {
        fields.put(value instanceof Duration ? name + "Millis" : name, of(value));
    }

    /** The exit status as the report has it: {@code exitCode} is null when it died by a signal, and {@code signal} otherwise. */
    public static Map<String, Object> ofExit(ExitStatus exit) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("exitCode", exit instanceof ExitStatus.Exited exited ? exited.code() : null);
        fields.put("signal", exit instanceof ExitStatus.Signalled signalled ? signalled.signal() : null);
        return fields;
    }

    private static Object of(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        } else if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        } else if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        } else if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        } else if (value instanceof Duration duration) {
            return duration.toMillis();
        } else if (value instanceof ExitStatus exit) {
            return ofExit(exit);
        } else if (value instanceof EffectiveSettings settings) {
            return ofSettings(settings);
        } else if (value instanceof Limits limits) {
            return ofLimits(limits);
        } else if (value instanceof Record item) {
            return ofRecord(item);
        } else if (value instanceof Iterable<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(of(item)));
            return list;
        }
        return value.toString();
    }

    /** A field for each kind, null where it is not limited; CPUs as a number of CPUs, an affinity as a list of their numbers. */
    public static Map<String, Object> ofLimits(Limits limits) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (LimitKind kind : LimitKind.values()) {
            OptionalLong amount = limits.amount(kind);
            fields.put(name(kind), amount.isPresent() ? shown(kind, amount.getAsLong()) : null);
        }
        fields.put("bestEffort", limits.bestEffort());
        return fields;
    }

    private static Object shown(LimitKind kind, long amount) {
        return switch (kind) {
            case CPUS -> amount / THOUSANDTHS;
            case AFFINITY ->
                BitSet.valueOf(new long[] {amount}).stream().boxed().toList();
            default -> amount;
        };
    }

    private static String name(LimitKind kind) {
        return switch (kind) {
            case MEMORY -> "memoryBytes";
            case SWAP -> "swapBytes";
            case CPUS -> "cpus";
            case CPU_WEIGHT -> "cpuWeight";
            case PROCESSES -> "processes";
            case READ_BANDWIDTH -> "readBytesPerSecond";
            case WRITE_BANDWIDTH -> "writeBytesPerSecond";
            case READ_OPERATIONS -> "readOperationsPerSecond";
            case WRITE_OPERATIONS -> "writeOperationsPerSecond";
            case PROCESS_MEMORY -> "processMemoryBytes";
            case AFFINITY -> "affinity";
            case OPEN_FILES -> "openFiles";
            case FILE_SIZE -> "fileSizeBytes";
            case CORE_SIZE -> "coreSizeBytes";
            case NICE -> "nice";
            case OOM_SCORE_ADJ -> "oomScoreAdj";
        };
    }

    private static Map<String, Object> ofSettings(EffectiveSettings settings) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            settings.value(setting)
                    .ifPresent(value -> fields.put(
                            setting.key(),
                            Map.of(
                                    "value",
                                    value.text(),
                                    "origin",
                                    value.origin().name())));
        }
        return fields;
    }

    private static Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Could not read " + component + ": " + e, e);
        }
    }
}
