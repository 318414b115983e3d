package pm.backend.linux.scope;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import pm.api.LimitKind;
import pm.spi.BackendException;

/** A service manager at the other end of a connection. Safe for use by any thread. */
@ProviderType
public interface Scopes extends AutoCloseable {
    /** Which manager it is and how it is reached, for a person. */
    String manager();

    /** The manager's own control group: a path from the root of the hierarchy. Scopes are made below it. */
    String controlGroup();

    /**
     * Makes a scope that is delegated to us and has limits, and moves a process into it.
     *
     * @throws BackendException when the manager refuses or does not answer in time; then the process may still be moved: end it
     */
    void start(ScopeRequest request) throws BackendException;

    /**
     * Changes limits of a scope.
     *
     * @param unit its name
     * @param amounts only kinds that {@link #limits} names
     */
    void update(String unit, Map<LimitKind, Long> amounts) throws BackendException;

    /** Whether the manager has a property for a limit. */
    boolean limits(LimitKind kind);

    /** Ends the connection; scopes stay. Idempotent. */
    @Override
    void close();
}
