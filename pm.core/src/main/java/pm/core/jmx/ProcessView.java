package pm.core.jmx;

import pm.api.ManagedProcess;

/**
 * An active process as JMX can carry it.
 *
 * @param id pm's own id
 * @param pid the leader's pid
 * @param command the command, masked arguments as {@code ***}
 * @param label the caller's label, empty when there is none
 * @param startTime when it was started, in ISO-8601
 */
public record ProcessView(String id, long pid, String command, String label, String startTime) {
    static ProcessView of(ManagedProcess process) {
        return new ProcessView(
                process.id(),
                process.pid(),
                String.join(" ", process.spec().shownCommand()),
                process.spec().label().orElse(""),
                process.startTime().toString());
    }
}
