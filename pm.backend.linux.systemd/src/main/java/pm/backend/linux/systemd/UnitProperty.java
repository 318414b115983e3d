package pm.backend.linux.systemd;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import pm.api.LimitKind;
import pm.backend.linux.scope.ScopeRequest;

/**
 * A property of a unit, as StartTransientUnit and SetUnitProperties take it: org.freedesktop.systemd1(5), systemd.resource-control(5).
 *
 * @param name for instance {@code MemoryMax}
 * @param signature of its value, as D-Bus writes types
 * @param value of that type
 */
record UnitProperty(String name, String signature, Object value) {
    private static final String TEXT = "s";
    private static final String TEXTS = "as";
    private static final String NUMBER = "t";
    private static final String PIDS = "au";
    private static final String NUMBER_OF_EACH = "a(st)";
    private static final long MICROS_PER_THOUSANDTH = 1000;

    private static final Map<LimitKind, String> NAMES = new EnumMap<>(Map.of(
            LimitKind.MEMORY, "MemoryMax",
            LimitKind.SWAP, "MemorySwapMax",
            LimitKind.CPUS, "CPUQuotaPerSecUSec",
            LimitKind.CPU_WEIGHT, "CPUWeight",
            LimitKind.PROCESSES, "TasksMax",
            LimitKind.READ_BANDWIDTH, "IOReadBandwidthMax",
            LimitKind.WRITE_BANDWIDTH, "IOWriteBandwidthMax",
            LimitKind.READ_OPERATIONS, "IOReadIOPSMax",
            LimitKind.WRITE_OPERATIONS, "IOWriteIOPSMax"));

    /** Whether there is a property for a limit. */
    static boolean limits(LimitKind kind) {
        return NAMES.containsKey(kind);
    }

    /** The properties of a new scope; devices as for limits. */
    static List<UnitProperty> of(ScopeRequest request, List<String> devices) {
        List<UnitProperty> properties = new ArrayList<>();
        properties.add(new UnitProperty("Description", TEXT, request.description()));
        properties.add(new UnitProperty("PIDs", PIDS, new Object[] {new UInt32(request.pid())}));
        // Delegates the scope. No other controllers: systemd would put them to work for the scope's neighbours too.
        properties.add(new UnitProperty("DelegateControllers", TEXTS, new Object[] {"memory", "pids"}));
        // Else a scope that ended by a lack of memory would be listed as failed until somebody resets it.
        properties.add(new UnitProperty("CollectMode", TEXT, "inactive-or-failed"));
        properties.addAll(of(request.amounts(), devices));
        return properties;
    }

    /**
     * The properties of limits.
     *
     * @param devices nodes of the block devices, each of which is limited
     */
    static List<UnitProperty> of(Map<LimitKind, Long> amounts, List<String> devices) {
        return amounts.entrySet().stream()
                .map(limit -> of(limit.getKey(), limit.getValue(), devices))
                .toList();
    }

    private static UnitProperty of(LimitKind kind, long amount, List<String> devices) {
        return switch (kind) {
            case READ_BANDWIDTH, WRITE_BANDWIDTH, READ_OPERATIONS, WRITE_OPERATIONS ->
                new UnitProperty(
                        name(kind),
                        NUMBER_OF_EACH,
                        devices.stream()
                                .map(device -> new Object[] {device, new UInt64(amount)})
                                .toArray());
            case CPUS -> new UnitProperty(name(kind), NUMBER, new UInt64(amount * MICROS_PER_THOUSANDTH));
            default -> new UnitProperty(name(kind), NUMBER, new UInt64(amount));
        };
    }

    private static String name(LimitKind kind) {
        String name = NAMES.get(kind);
        if (name == null) {
            throw new IllegalArgumentException("Could not limit " + kind.label() + ": systemd has no property for it");
        }
        return name;
    }

    /** A structure of name and variant, as the library takes them: an array each. */
    Object[] asArgument() {
        return new Object[] {name, new Object[] {signature, value}};
    }

    /** For a list of them. */
    static Object[] asArgument(List<UnitProperty> properties) {
        return properties.stream().map(UnitProperty::asArgument).toArray();
    }
}
