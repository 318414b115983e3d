package pm.backend.linux;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import pm.api.PmApi;
import pm.backend.linux.kernel.PidFd;
import pm.backend.linux.kernel.Processor;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** The Linux backend. Loads native code only when it is asked whether it can be used. Safe for use by any thread. */
@Component
public final class LinuxBackendProvider implements BackendProvider {
    private static final int RANKING = 100;

    @Override
    public String name() {
        return "linux";
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
        String system = System.getProperty("os.name");
        if (!"Linux".equals(system)) {
            return List.of("This is " + system + ", not Linux.");
        }
        List<String> reasons = new ArrayList<>();
        if (Processor.name().isEmpty()) {
            reasons.add("There is no launcher for the processor " + System.getProperty("os.arch")
                    + ", only for x86-64 and aarch64.");
        }
        try {
            if (!PidFd.available()) {
                reasons.add("The kernel has no pidfds, or a filter forbids them: Linux 5.3 or newer is needed.");
            }
        } catch (LinkageError e) {
            reasons.add("Native code cannot be loaded: " + e.getMessage()
                    + "; JNA needs a folder that is not mounted noexec, named by jna.tmpdir.");
        }
        return reasons;
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        return LinuxSession.open(request);
    }
}
