package pm.backend.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import pm.api.PmApi;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.NativeCode;
import pm.backend.linux.kernel.Processor;
import pm.backend.linux.scope.ScopeProvider;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/** The Linux backend. Loads native code only when it is asked whether it can be used. Safe for use by any thread. */
@Component(property = "pm.backend=linux")
public final class LinuxBackendProvider implements BackendProvider {
    private static final int RANKING = 100;

    /** Given to us in OSGi; elsewhere it is looked for when it is needed. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ScopeProvider scopes;

    private final Set<BackendSession> sessions = ConcurrentHashMap.newKeySet();

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
            NativeCode.load();
            Kernel.isOpen(0);
        } catch (LinkageError e) {
            reasons.add("Native code cannot be loaded: " + e.getMessage()
                    + "; JNA needs a folder that is not mounted noexec, named by jna.tmpdir.");
        }
        return reasons;
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        NativeCode.load();
        LinuxSession session = LinuxSession.open(request, Optional.ofNullable(scopes), sessions::remove);
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
