package pm.backend.linux.systemd;

import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import pm.backend.linux.scope.ScopeProvider;
import pm.backend.linux.scope.Scopes;
import pm.spi.BackendException;

/** Systemd: the system's own for root, the user's for others. */
@Component
public final class SystemdScopeProvider implements ScopeProvider {
    @Override
    public Scopes open(int user) throws BackendException {
        BusSocket socket = BusSocket.find(user, Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")));
        return SystemdScopes.open(socket);
    }
}
