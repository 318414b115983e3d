package pm.backend.windows;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import pm.api.PmApi;
import pm.backend.windows.kernel.NativeCode;
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

    private final Set<BackendSession> sessions = ConcurrentHashMap.newKeySet();

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
        List<String> reasons = reasonsAgainst(System.getProperty("os.name"), System.getProperty("os.arch"));
        return reasons.isEmpty() ? refusalOfNativeCode() : reasons;
    }

    static List<String> reasonsAgainst(String system, String processor) {
        if (!system.startsWith("Windows")) {
            return List.of("This is " + system + ", not Windows.");
        }
        if (!PROCESSORS.contains(processor)) {
            return List.of("This is a JVM for " + processor + "; use one for 64 bits.");
        }
        return List.of();
    }

    private static List<String> refusalOfNativeCode() {
        try {
            NativeCode.load();
            return List.of();
        } catch (LinkageError e) {
            return List.of("Native code cannot be loaded: " + e.getMessage()
                    + "; JNA needs a folder in which libraries may be loaded, named by jna.tmpdir.");
        }
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        NativeCode.load();
        WindowsSession session = WindowsSession.open(request, sessions::remove);
        sessions.add(session);
        return session;
    }

    /** In OSGi: the bundle stops. Whoever has a session was told before; what is still open ends now, since it calls native code. */
    @Deactivate
    void close() throws BackendException {
        for (BackendSession session : sessions) {
            session.close();
        }
        NativeCode.release();
    }
}
