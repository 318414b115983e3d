package pm.backend.windows;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import pm.api.PmApi;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** The Windows backend. Loads native code only when it is asked whether it can be used. Safe for use by any thread. */
@Component(property = "pm.backend=windows")
public final class WindowsBackendProvider implements BackendProvider {
    private static final int RANKING = 100;

    /** As {@code os.arch} names them. What is laid out in memory for native calls is laid out for 64 bits. */
    private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

    @Override
    public String name() {
        return "windows";
    }

    @Override
    public int ranking() {
        return RANKING;
    }

    @Override
    public String apiVersion() {
        return PmApi.VERSION;
    }

    @Override
    public List<String> reasonsAgainst() {
        return reasonsAgainst(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static List<String> reasonsAgainst(String system, String processor) {
        if (!system.startsWith("Windows")) {
            return List.of("This is " + system + ", not Windows.");
        }
        if (!PROCESSORS.contains(processor)) {
            return List.of("This is a JVM for " + processor + "; use one for 64 bits.");
        }
        return List.of("The Windows backend is not there yet.");
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        throw new BackendException("Could not open a session: " + reasonsAgainst());
    }
}
