package pm.api;

import java.util.List;

/**
 * Which backend serves a manager, and why. Immutable; safe for use by any thread.
 *
 * @param name the backend
 * @param reason why it was chosen
 * @param containment what holds the trees, for instance the cgroup folder
 * @param facts more that a person would want to know, one sentence each
 * @param refused the other candidates, with their reasons
 */
public record BackendReport(String name, String reason, String containment, List<String> facts, List<Refusal> refused) {
    /** Copies the lists. */
    public BackendReport {
        facts = List.copyOf(facts);
        refused = List.copyOf(refused);
    }

    /**
     * A candidate that was not chosen.
     *
     * @param name the backend
     * @param reasons why not
     */
    public record Refusal(String name, List<String> reasons) {
        /** Copies the list. */
        public Refusal {
            reasons = List.copyOf(reasons);
        }
    }
}
