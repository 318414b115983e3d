package pm.core.backend;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.PmApi;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;

/** A candidate with given properties. Starts nothing: to choose is pure logic. */
final class FixedBackend implements BackendProvider {
    private final String name;
    private int ranking;
    private String apiVersion = PmApi.VERSION;
    private List<String> reasonsAgainst = List.of();
    private Callable<BackendException> failure;
    private RuntimeException whenAsked;
    private RuntimeException whenDescribed;
    private boolean sessionOpen;

    private FixedBackend(String name) {
        this.name = name;
    }

    static FixedBackend named(String name) {
        return new FixedBackend(name);
    }

    FixedBackend ranking(int newRanking) {
        ranking = newRanking;
        return this;
    }

    FixedBackend apiVersion(String newVersion) {
        apiVersion = newVersion;
        return this;
    }

    FixedBackend reasonsAgainst(String... reasons) {
        reasonsAgainst = List.of(reasons);
        return this;
    }

    FixedBackend failing(Callable<BackendException> newFailure) {
        failure = newFailure;
        return this;
    }

    FixedBackend throwingWhenAsked(RuntimeException error) {
        whenAsked = error;
        return this;
    }

    FixedBackend throwingWhenDescribed(RuntimeException error) {
        whenDescribed = error;
        return this;
    }

    boolean isSessionOpen() {
        return sessionOpen;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int ranking() {
        return ranking;
    }

    @Override
    public String apiVersion() {
        return apiVersion;
    }

    @Override
    public List<String> reasonsAgainst() {
        if (whenAsked != null) {
            throw whenAsked;
        }
        return reasonsAgainst;
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        if (failure != null) {
            try {
                throw failure.call();
            } catch (BackendException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        sessionOpen = true;
        return new Session();
    }

    private final class Session implements BackendSession {
        @Override
        public Capabilities capabilities() {
            return new Capabilities(Map.of());
        }

        @Override
        public String containment() {
            if (whenDescribed != null) {
                throw whenDescribed;
            }
            return "container of " + name;
        }

        @Override
        public List<String> facts() {
            return List.of("fact of " + name);
        }

        @Override
        public List<Health.Check> checks() {
            return List.of();
        }

        @Override
        public Set<Long> helperPids() {
            return Set.of();
        }

        @Override
        public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated)
                throws BackendException {
            throw new BackendException("Could not make a container: this backend is only there to be chosen");
        }

        @Override
        public void removeLeftovers() {}

        @Override
        public void close() {
            sessionOpen = false;
        }
    }
}
