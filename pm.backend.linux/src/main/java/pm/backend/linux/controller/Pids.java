package pm.backend.linux.controller;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/** The controller {@code pids}, whose files are the same in both versions. It counts threads, as the kernel does. */
public final class Pids implements Controller {
    /** PID_MAX_LIMIT (linux/threads.h): no system has more, and pids.max takes no greater number. */
    private static final long MOST_PIDS = 4 * 1024 * 1024;

    @Override
    public String name() {
        return "pids";
    }

    @Override
    public Set<LimitKind> kinds() {
        return Set.of(LimitKind.PROCESSES);
    }

    @Override
    public Support support(LimitKind kind, GroupFiles files) {
        return new Support(Level.ENFORCED, "pids.max refuses forks; threads count as well");
    }

    @Override
    public List<FileValue> values(Limits limits) {
        OptionalLong count = limits.amount(LimitKind.PROCESSES);
        if (count.isEmpty()) {
            return List.of();
        }
        long most = count.getAsLong();
        return List.of(FileValue.of("pids.max", most >= MOST_PIDS ? "max" : Long.toString(most)));
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        figures.processes = count(files.text("pids.current"));
        figures.peakProcesses = count(files.text("pids.peak"));
        long refused = Keyed.value(files.text("pids.events"), "max").orElse(0);
        figures.violated(
                LimitKind.PROCESSES, refused, "the kernel refused " + refused + " forks, for pids.max was reached");
    }

    private static OptionalInt count(String text) {
        OptionalLong number = Keyed.number(text);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    @Override
    public Optional<String> eventFile() {
        return Optional.of("pids.events");
    }
}
