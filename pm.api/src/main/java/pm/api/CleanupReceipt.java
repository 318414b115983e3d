package pm.api;

import java.util.List;

/**
 * How a tree ended: which processes by which step, and whether nothing is left. Immutable; safe for use by any thread.
 *
 * @param ended processes that a step of the escalation ended, as far as they could be seen before it
 * @param proven whether the operating system said that the container is empty
 * @param survivors what still lived when all steps were done; empty when {@code proven}
 */
public record CleanupReceipt(List<Ended> ended, boolean proven, List<ProcessTree.Node> survivors) {
    /** Nothing had to be ended, and nothing is left. */
    public static final CleanupReceipt NOTHING_TO_DO = new CleanupReceipt(List.of(), true, List.of());

    /** Copies the lists. */
    public CleanupReceipt {
        ended = List.copyOf(ended);
        survivors = List.copyOf(survivors);
    }

    /**
     * A process that was ended.
     *
     * @param pid its id
     * @param command its command line
     * @param step the last step taken before it was gone
     */
    public record Ended(long pid, String command, EscalationStep step) {}
}
