package pm.core.jmx;

import java.util.Map;
import java.util.TreeMap;
import pm.api.Limits;
import pm.api.ManagedProcess;

/**
 * An active process as JMX can carry it.
 *
 * @param id pm's own id
 * @param pid the leader's pid
 * @param command the command, masked arguments as {@code ***}
 * @param label the caller's label, empty when there is none
 * @param startTime when it was started, in ISO-8601
 * @param limits what is held of the limits that were asked for, in the units of {@link pm.api.LimitKind}
 */
public record ProcessView(
        String id, long pid, String command, String label, String startTime, Map<String, Long> limits) {
    static ProcessView of(ManagedProcess process) {
        return new ProcessView(
                process.id(),
                process.pid(),
                String.join(" ", process.spec().shownCommand()),
                process.spec().label().orElse(""),
                process.startTime().toString(),
                byLabel(process.limits()));
    }

    private static Map<String, Long> byLabel(Limits limits) {
        Map<String, Long> amounts = new TreeMap<>();
        limits.amounts().forEach((kind, amount) -> amounts.put(kind.label(), amount));
        return amounts;
    }
}
