package pm.backend.linux.controller;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/**
 * The controller {@code io} of version 2.
 *
 * @param devices whose input and output is limited
 * @param withMemory whether the memory controller is at work too: only both together know who wrote what is written back later
 */
public record IoV2(BlockDevices devices, boolean withMemory) implements Controller {
    private static final Map<LimitKind, String> KEYS = new EnumMap<>(Map.of(
            LimitKind.READ_BANDWIDTH, "rbps",
            LimitKind.WRITE_BANDWIDTH, "wbps",
            LimitKind.READ_OPERATIONS, "riops",
            LimitKind.WRITE_OPERATIONS, "wiops"));

    private static final String UNLIMITED = "rbps=max wbps=max riops=max wiops=max";

    @Override
    public String name() {
        return "io";
    }

    @Override
    public Set<LimitKind> kinds() {
        return KEYS.keySet();
    }

    @Override
    public Support support(LimitKind kind, GroupFiles files) {
        if (!files.has("io.max")) {
            return new Support(Level.UNSUPPORTED, "this kernel is built without io.max");
        }
        if (!devices.exist()) {
            return new Support(Level.UNSUPPORTED, "there is no block device in /sys/block");
        }
        boolean writes = kind == LimitKind.WRITE_BANDWIDTH || kind == LimitKind.WRITE_OPERATIONS;
        return writes && !withMemory
                ? new Support(
                        Level.APPROXIMATED,
                        "io.max does not see writes that are buffered, for the memory controller is not at work")
                : new Support(Level.ENFORCED, "io.max holds the tree, on each block device");
    }

    @Override
    public List<FileValue> values(Limits limits) {
        List<String> pairs = new ArrayList<>();
        KEYS.forEach((kind, key) -> limits.amount(kind).ifPresent(amount -> pairs.add(key + "=" + amount)));
        return pairs.isEmpty()
                ? List.of()
                : devices.now().stream()
                        .map(device -> FileValue.ofDevice("io.max", device, String.join(" ", pairs), UNLIMITED))
                        .toList();
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        String text = files.text("io.stat");
        figures.readBytes = OptionalLong.of(sum(text, "rbytes="));
        figures.writtenBytes = OptionalLong.of(sum(text, "wbytes="));
    }

    /** io.stat has a line {@code major:minor rbytes=… wbytes=… …} for each device. */
    static long sum(String text, String key) {
        return text.lines()
                .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                .filter(field -> field.startsWith(key))
                .mapToLong(field -> Long.parseLong(field.substring(key.length())))
                .sum();
    }
}
