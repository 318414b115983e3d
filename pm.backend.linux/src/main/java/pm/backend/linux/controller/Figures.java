package pm.backend.linux.controller;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Pressure;
import pm.api.ResourceUsage;

/** Collects what controllers tell of a tree, and fills what none of them tells from its leader's own figures. For one thread. */
public final class Figures {
    Optional<Duration> cpuUser = Optional.empty();
    Optional<Duration> cpuSystem = Optional.empty();
    OptionalLong memory = OptionalLong.empty();
    OptionalLong peakMemory = OptionalLong.empty();
    OptionalLong readBytes = OptionalLong.empty();
    OptionalLong writtenBytes = OptionalLong.empty();
    OptionalInt processes = OptionalInt.empty();
    OptionalInt peakProcesses = OptionalInt.empty();
    OptionalDouble throttledShare = OptionalDouble.empty();
    Optional<Pressure> pressure = Optional.empty();
    private final Map<LimitKind, LimitViolation> violations = new EnumMap<>(LimitKind.class);

    /** CPU time and pressure, which every group of version 2 counts, with and without controllers. */
    public void readBasics(GroupFiles files) {
        String cpu = files.text("cpu.stat");
        cpuUser = micros(Keyed.value(cpu, "user_usec"));
        cpuSystem = micros(Keyed.value(cpu, "system_usec"));
        pressure = PressureText.read(files);
    }

    private static Optional<Duration> micros(OptionalLong count) {
        return count.isPresent() ? Optional.of(Duration.ofNanos(count.getAsLong() * 1000)) : Optional.empty();
    }

    void violated(LimitKind kind, long times, String detail) {
        if (times > 0) {
            violations.put(kind, new LimitViolation(kind, times, detail, Optional.empty()));
        }
    }

    /** Limits that were met, without victims. */
    public List<LimitViolation> violations() {
        return List.copyOf(violations.values());
    }

    /**
     * The figures.
     *
     * @param leader what the leader alone has used, as far as known
     */
    public ResourceUsage usage(ResourceUsage leader) {
        return new ResourceUsage(
                cpuUser.orElse(leader.cpuUser()),
                cpuSystem.orElse(leader.cpuSystem()),
                memory,
                peakMemory.isPresent() ? peakMemory : leader.peakMemoryBytes(),
                readBytes.isPresent() ? readBytes : leader.readBytes(),
                writtenBytes.isPresent() ? writtenBytes : leader.writtenBytes(),
                processes,
                peakProcesses,
                throttledShare,
                pressure);
    }
}
