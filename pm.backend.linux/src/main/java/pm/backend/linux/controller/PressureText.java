package pm.backend.linux.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pm.api.Pressure;

/** The files {@code cpu.pressure}, {@code memory.pressure} and {@code io.pressure}; the kernel's accounting/psi.rst. */
final class PressureText {
    private static final Pattern SOME = Pattern.compile("^some .*total=(\\d+)", Pattern.MULTILINE);

    private PressureText() {}

    /** All three, empty when the kernel does not count pressure. */
    static Optional<Pressure> read(GroupFiles files) {
        Optional<Duration> cpu = some(files.text("cpu.pressure"));
        Optional<Duration> memory = some(files.text("memory.pressure"));
        Optional<Duration> io = some(files.text("io.pressure"));
        return cpu.isPresent() && memory.isPresent() && io.isPresent()
                ? Optional.of(new Pressure(cpu.get(), memory.get(), io.get()))
                : Optional.empty();
    }

    /** Microseconds in which at least one task waited. */
    static Optional<Duration> some(String text) {
        Matcher matcher = SOME.matcher(text);
        return matcher.find()
                ? Optional.of(Duration.ofNanos(Long.parseLong(matcher.group(1)) * 1000))
                : Optional.empty();
    }
}
