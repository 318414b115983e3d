package pm.backend.macos;

import java.util.List;
import pm.api.PmApi;
import pm.backend.macos.linux.LinuxStandIn;
import pm.backend.posix.libc.LibcException;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** The macOS backend on Linux. Public, since the contract makes one in another JVM. */
public final class StandInProvider implements BackendProvider {
    /** For the contract. */
    public StandInProvider() {}

    @Override
    public String name() {
        return "macos-on-linux";
    }

    @Override
    public int ranking() {
        return 1;
    }

    @Override
    public String apiVersion() {
        return PmApi.VERSION;
    }

    @Override
    public List<String> reasonsAgainst() {
        return LinuxStandIn.isAllowed() ? List.of() : List.of("The process connector is for root only.");
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        try {
            LinuxStandIn system = new LinuxStandIn();
            return MacosSession.open(request, system, closed -> system.close());
        } catch (LibcException refused) {
            throw new BackendException("Could not listen to the process connector: " + refused.getMessage(), refused);
        }
    }
}
