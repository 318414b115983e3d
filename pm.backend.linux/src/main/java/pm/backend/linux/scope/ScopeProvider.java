package pm.backend.linux.scope;

import org.osgi.annotation.versioning.ProviderType;
import pm.spi.BackendException;

/** Finds the service manager that makes scopes for us. Found as a service; loads nothing before it is asked. */
@ProviderType
public interface ScopeProvider {
    /**
     * Connects to the system's manager for root, else to the user's own.
     *
     * @param user whose processes will be moved: our effective user id
     * @throws BackendException with the reason, when there is no such manager or it does not talk to us
     */
    Scopes open(int user) throws BackendException;
}
