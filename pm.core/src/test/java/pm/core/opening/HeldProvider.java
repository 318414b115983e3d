package pm.core.opening;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.PmApi;
import pm.backend.linux.LinuxBackendProvider;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;

/** The Linux backend, which reports the steps of its opening to {@link OpeningMain} on the opening thread. */
public final class HeldProvider implements BackendProvider {
    private final BackendProvider linux = new LinuxBackendProvider();

    @Override
    public String name() {
        return "held";
    }

    @Override
    public int ranking() {
        return linux.ranking() + 1;
    }

    @Override
    public String apiVersion() {
        return PmApi.VERSION;
    }

    @Override
    public List<String> reasonsAgainst() {
        OpeningMain.reached("ASKED");
        return linux.reasonsAgainst();
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        OpeningMain.reached("BEFORE_SESSION");
        Held session = new Held(linux.open(request));
        OpeningMain.reached("SESSION");
        return session;
    }

    private record Held(BackendSession session) implements BackendSession {
        @Override
        public Capabilities capabilities() {
            return session.capabilities();
        }

        @Override
        public String containment() {
            return session.containment();
        }

        @Override
        public List<String> facts() {
            OpeningMain.reached("DESCRIBED");
            return session.facts();
        }

        @Override
        public List<Health.Check> checks() {
            return session.checks();
        }

        @Override
        public Set<Long> helperPids() {
            return session.helperPids();
        }

        @Override
        public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated)
                throws BackendException {
            return session.contain(processId, limits, violated);
        }

        @Override
        public void removeLeftovers() {
            session.removeLeftovers();
        }

        @Override
        public void close() throws BackendException {
            session.close();
        }
    }
}
