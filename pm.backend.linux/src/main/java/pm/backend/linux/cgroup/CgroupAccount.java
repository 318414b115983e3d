package pm.backend.linux.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.ResourceUsage;

/**
 * What happened in a group so far.
 *
 * @param usage figures of controllers that are not at work in it are taken from its leader's wait status
 * @param outOfMemoryVictim 0 when the kernel killed for want of memory inside: it does not tell whom
 */
record CgroupAccount(ResourceUsage usage, OptionalLong outOfMemoryVictim) {
    /**
     * Reads it.
     *
     * @param controllers names of those at work in the group
     * @param leader what the leader alone has used, as far as known
     */
    static CgroupAccount read(CgroupFolder folder, Controllers controllers, ResourceUsage leader) throws IOException {
        String memoryEvents = controllers.has("memory") ? folder.read("memory.events") : "";
        boolean killed = keyed(memoryEvents, "oom_kill").orElse(0) > 0;
        return new CgroupAccount(
                usage(folder, controllers, leader), killed ? OptionalLong.of(0) : OptionalLong.empty());
    }

    private static ResourceUsage usage(CgroupFolder folder, Controllers controllers, ResourceUsage leader)
            throws IOException {
        String cpu = folder.read("cpu.stat");
        String io = controllers.has("io") ? folder.read("io.stat") : "";
        OptionalLong peakMemory = number(controllers.has("memory") ? folder.read("memory.peak") : "");
        OptionalLong peakProcesses = number(controllers.has("pids") ? folder.read("pids.peak") : "");
        return new ResourceUsage(
                keyed(cpu, "user_usec").isPresent()
                        ? micros(keyed(cpu, "user_usec").getAsLong())
                        : leader.cpuUser(),
                keyed(cpu, "system_usec").isPresent()
                        ? micros(keyed(cpu, "system_usec").getAsLong())
                        : leader.cpuSystem(),
                peakMemory.isPresent() ? peakMemory : leader.peakMemoryBytes(),
                controllers.has("io") ? OptionalLong.of(sum(io, "rbytes=")) : leader.readBytes(),
                controllers.has("io") ? OptionalLong.of(sum(io, "wbytes=")) : leader.writtenBytes(),
                peakProcesses.isPresent()
                        ? OptionalInt.of(Math.toIntExact(peakProcesses.getAsLong()))
                        : leader.peakProcesses());
    }

    private static Duration micros(long count) {
        return Duration.ofNanos(count * 1000);
    }

    /** Flat keyed files have a line {@code key value} each. */
    static OptionalLong keyed(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + " "))
                .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                .findFirst();
    }

    /** io.stat has a line {@code major:minor rbytes=… wbytes=… …} for each device. */
    static long sum(String text, String key) {
        return text.lines()
                .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                .filter(field -> field.startsWith(key))
                .mapToLong(field -> Long.parseLong(field.substring(key.length())))
                .sum();
    }

    private static OptionalLong number(String text) {
        return text.isBlank() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.strip()));
    }
}
