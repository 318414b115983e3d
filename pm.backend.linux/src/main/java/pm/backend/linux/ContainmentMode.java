package pm.backend.linux;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.spi.BackendException;
import pm.spi.Containment;

/** One way to hold trees together. Safe for use by any thread. */
interface ContainmentMode {
    /** For a person. */
    String name();

    /** Why this way, and what is in use. */
    List<String> facts();

    /** What this way does with each limit here. */
    Capabilities capabilities();

    List<Health.Check> checks();

    Set<Long> helperPids();

    /** See {@link pm.spi.BackendSession#contain}. */
    Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated) throws BackendException;

    void removeLeftovers();

    /** Ends it, with whatever is still contained; can be tried again when it fails. */
    void close() throws BackendException;
}
