package pm.backend.macos;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import pm.api.PmApi;
import pm.backend.macos.darwin.DarwinSystem;
import pm.backend.macos.darwin.NativeCode;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** The macOS backend. Loads native code only when it is asked whether it can be used. Safe for use by any thread. */
@Component(property = "pm.backend=macos")
public final class MacosBackendProvider implements BackendProvider {
    private static final int RANKING = 100;

    private final Set<BackendSession> sessions = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
        return "macos";
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
        if (!"Mac OS X".equals(system)) {
            return List.of("This is " + system + ", not macOS.");
        }
        try {
            NativeCode.load();
            return DarwinSystem.reasonsAgainst();
        } catch (LinkageError e) {
            return List.of("Native code cannot be loaded: " + e.getMessage()
                    + "; JNA needs a folder that native code may be loaded from, named by jna.tmpdir.");
        }
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        NativeCode.load();
        MacosSession session = MacosSession.open(request, new DarwinSystem(), sessions::remove);
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
