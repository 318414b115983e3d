package pm.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of a tree: what lived in its container when it was asked. Immutable; safe for use by any thread.
 *
 * @param time when
 * @param nodes every process, the leader first while it lives; empty when nothing is left
 */
public record ProcessTree(Instant time, List<Node> nodes) {
    /** Copies the list. */
    public ProcessTree {
        nodes = List.copyOf(nodes);
    }

    /**
     * One process.
     *
     * @param pid its id
     * @param parentPid its parent's id, 0 when unknown
     * @param command its command line as the system shows it; may be cut
     * @param state the system's letter or word, on Linux the one of proc(5): R, S, D, Z, T, …
     * @param startTime when it started, empty when unknown
     */
    public record Node(long pid, long parentPid, String command, String state, Optional<Instant> startTime) {
        @Override
        public String toString() {
            return pid + " " + state + " (parent " + parentPid + ") " + command;
        }
    }
}
