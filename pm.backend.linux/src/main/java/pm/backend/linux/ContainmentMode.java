package pm.backend.linux;

import java.util.List;
import java.util.Set;
import pm.api.Health;
import pm.spi.BackendException;
import pm.spi.Containment;

/** One way to hold trees together. Safe for use by any thread. */
interface ContainmentMode {
    /** For a person. */
    String name();

    /** Why this way, and what is in use. */
    List<String> facts();

    List<Health.Check> checks();

    Set<Long> helperPids();

    Containment contain(String processId) throws BackendException;

    void removeLeftovers();

    /** Ends it, with whatever is still contained; can be tried again when it fails. */
    void close() throws BackendException;
}
