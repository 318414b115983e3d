package pm.core.osgi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import pm.api.ManagedProcess;
import pm.api.ProcessManager;

/** The processes of some managers, a line each. */
final class ProcessTable {
    private ProcessTable() {}

    static String of(Collection<ProcessManager> managers) {
        StringBuilder table = new StringBuilder(row("INSTANCE", "ID", "PID", "SECONDS", "OWNER", "COMMAND"));
        for (ProcessManager manager : managers) {
            for (ManagedProcess process : manager.active()) {
                table.append(row(
                        manager.instanceId(),
                        process.id(),
                        process.pid(),
                        Duration.between(process.startTime(), Instant.now()).toSeconds(),
                        process.owner().orElse("-"),
                        String.join(" ", process.spec().shownCommand())));
            }
        }
        return table.toString();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-10s %-6s %8s %8s %-24s %s%n", cells);
    }
}
