package pm.core.process;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pm.api.CleanupReceipt;
import pm.api.EscalationStep;
import pm.api.ProcessTree;

/** Which process was last seen before which step. Safe for use by any thread. */
final class Receipt {
    /** A pid alone may be used again. */
    private record Identity(long pid, Optional<Instant> startTime) {
        static Identity of(ProcessTree.Node node) {
            return new Identity(node.pid(), node.startTime());
        }
    }

    private final Map<Identity, CleanupReceipt.Ended> seen = new LinkedHashMap<>();

    /** These lived when the step was about to be taken. */
    synchronized void seen(EscalationStep step, List<ProcessTree.Node> nodes) {
        for (ProcessTree.Node node : nodes) {
            seen.put(Identity.of(node), new CleanupReceipt.Ended(node.pid(), node.command(), step));
        }
    }

    /** The tree is empty: whatever was seen was ended. */
    synchronized CleanupReceipt proven() {
        return seen.isEmpty()
                ? CleanupReceipt.NOTHING_TO_DO
                : new CleanupReceipt(List.copyOf(seen.values()), true, List.of());
    }

    /** The tree is not known to be empty. */
    synchronized CleanupReceipt survived(List<ProcessTree.Node> survivors) {
        Map<Identity, CleanupReceipt.Ended> ended = new LinkedHashMap<>(seen);
        survivors.forEach(node -> ended.remove(Identity.of(node)));
        return new CleanupReceipt(List.copyOf(ended.values()), false, survivors);
    }
}
