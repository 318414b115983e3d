package pm.backend.macos.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import pm.api.ResourceUsage;
import pm.backend.posix.libc.Children;

/**
 * What a tree has used: for each process what was seen last, also when it has ended since. So it is never too much, and what a process did
 * between the last look and its end is missing, unless the leader has waited for it. Not thread-safe.
 */
final class UsageSums {
    private final Map<Long, Sample> living = new HashMap<>();
    private Sample ended = new Sample(0, 0, 0, OptionalLong.of(0), OptionalLong.of(0));
    private long peakMemory;
    private int peakProcesses;
    private long reapedUserNanos;
    private long reapedSystemNanos;

    /** Takes in what lives now. */
    void see(Map<Long, Sample> now) {
        living.forEach((id, last) -> {
            if (!now.containsKey(id)) {
                ended = sum(ended, last);
            }
        });
        living.clear();
        living.putAll(now);
        peakMemory = Math.max(peakMemory, memory());
        peakProcesses = Math.max(peakProcesses, now.size());
    }

    /** The leader was reaped: its figures hold those of all that it and its children have waited for. */
    void reaped(Children.Reaped leader) {
        reapedUserNanos = leader.userMicros() * 1000;
        reapedSystemNanos = leader.systemMicros() * 1000;
    }

    private static Sample sum(Sample one, Sample other) {
        return new Sample(
                one.userNanos() + other.userNanos(),
                one.systemNanos() + other.systemNanos(),
                0,
                sum(one.read(), other.read()),
                sum(one.written(), other.written()));
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    /** Of all that lives, in bytes. */
    long memory() {
        return living.values().stream().mapToLong(Sample::memory).sum();
    }

    /** Of the process that has most, in bytes. */
    long largestMemory() {
        return living.values().stream().mapToLong(Sample::memory).max().orElse(0);
    }

    ResourceUsage usage() {
        Sample all = living.values().stream().reduce(ended, UsageSums::sum);
        return new ResourceUsage(
                Duration.ofNanos(Math.max(all.userNanos(), reapedUserNanos)),
                Duration.ofNanos(Math.max(all.systemNanos(), reapedSystemNanos)),
                OptionalLong.of(memory()),
                peakMemory == 0 ? OptionalLong.empty() : OptionalLong.of(peakMemory),
                all.read(),
                all.written(),
                OptionalInt.of(living.size()),
                peakProcesses == 0 ? OptionalInt.empty() : OptionalInt.of(peakProcesses),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** Asks about each of some processes. */
    static <T> Map<Long, Sample> samples(
            Iterable<T> processes, Function<T, Long> id, Function<T, Optional<Sample>> question) {
        Map<Long, Sample> samples = new HashMap<>();
        processes.forEach(
                process -> question.apply(process).ifPresent(sample -> samples.put(id.apply(process), sample)));
        return samples;
    }
}
