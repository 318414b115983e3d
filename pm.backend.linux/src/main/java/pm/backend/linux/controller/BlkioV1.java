package pm.backend.linux.controller;

import java.util.ArrayList;
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
 * The controller {@code blkio} of version 1 (the kernel's cgroup-v1/blkio-controller.rst).
 *
 * @param devices whose input and output is limited
 */
public record BlkioV1(BlockDevices devices) implements Controller {
    private static final Map<LimitKind, String> FILES = new EnumMap<>(Map.of(
            LimitKind.READ_BANDWIDTH, "blkio.throttle.read_bps_device",
            LimitKind.WRITE_BANDWIDTH, "blkio.throttle.write_bps_device",
            LimitKind.READ_OPERATIONS, "blkio.throttle.read_iops_device",
            LimitKind.WRITE_OPERATIONS, "blkio.throttle.write_iops_device"));

    @Override
    public String name() {
        return "blkio";
    }

    @Override
    public Set<LimitKind> kinds() {
        return FILES.keySet();
    }

    @Override
    public Support support(LimitKind kind, GroupFiles files) {
        String file = FILES.get(kind);
        if (!files.has(file)) {
            return new Support(Level.UNSUPPORTED, "this kernel is built without " + file);
        }
        if (!devices.exist()) {
            return new Support(Level.UNSUPPORTED, "there is no block device in /sys/block");
        }
        boolean writes = kind == LimitKind.WRITE_BANDWIDTH || kind == LimitKind.WRITE_OPERATIONS;
        return writes
                ? new Support(Level.APPROXIMATED, file + " does not see writes that are buffered, as most are")
                : new Support(Level.ENFORCED, file + " (v1) holds the tree, on each block device");
    }

    @Override
    public List<FileValue> values(Limits limits) {
        List<FileValue> values = new ArrayList<>();
        FILES.forEach((kind, file) -> limits.amount(kind).ifPresent(amount -> {
            for (String device : devices.now()) {
                values.add(FileValue.ofDevice(file, device, Long.toString(amount), "0"));
            }
        }));
        return values;
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        String text = files.text("blkio.throttle.io_service_bytes_recursive");
        if (!text.isEmpty()) {
            figures.readBytes = OptionalLong.of(sum(text, "Read"));
            figures.writtenBytes = OptionalLong.of(sum(text, "Write"));
        }
    }

    /** A line {@code major:minor operation bytes} for each device and operation. */
    static long sum(String text, String operation) {
        return text.lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length == 3 && fields[1].equals(operation))
                .mapToLong(fields -> Long.parseLong(fields[2]))
                .sum();
    }
}
