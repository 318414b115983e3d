package pm.core.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import pm.api.BackendReport;
import pm.api.BackendReport.Refusal;
import pm.api.EffectiveSettings.Value;
import pm.api.ErrorContext;
import pm.api.NoBackendException;
import pm.api.PmApi;
import pm.api.Setting;
import pm.core.version.CodeOrigin;
import pm.core.version.VersionPolicy;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/**
 * Chooses the backend of one manager: the one that {@link Setting#BACKEND} names, else the highest ranking that is usable and opens. Every
 * other candidate is refused with its reasons, so that nobody has to guess. Used once, by one thread.
 */
public final class BackendChoice {
    private final VersionPolicy versions;
    private final List<BackendProvider> candidates;
    private final List<Refusal> refused;
    private final List<Throwable> causes = new ArrayList<>();

    /** Among the backends that were found. */
    public BackendChoice(BackendDiscovery discovery) {
        this(discovery, PmApi.installedVersion());
    }

    BackendChoice(BackendDiscovery discovery, String installedVersion) {
        this.versions = new VersionPolicy(installedVersion);
        this.candidates = discovery.providers();
        this.refused = new ArrayList<>(discovery.broken());
    }

    /**
     * Opens a session of the best backend.
     *
     * @throws NoBackendException when there is none; the message names every candidate and why it was refused
     */
    public OpenedBackend open(SessionRequest request) {
        return open(request, null);
    }

    /**
     * As {@link #open(SessionRequest)}, where a session is open already.
     *
     * @param current what serves now
     * @return the same when it is still the best one, else another
     */
    public OpenedBackend choose(SessionRequest request, OpenedBackend current) {
        return open(request, current);
    }

    private OpenedBackend open(SessionRequest request, OpenedBackend current) {
        Optional<String> named = request.settings().text(Setting.BACKEND);
        List<Candidate> usable = usable(named);
        for (int i = 0; i < usable.size(); i++) {
            Candidate candidate = usable.get(i);
            Optional<OpenedBackend> opened = current != null && current.provider() == candidate.provider()
                    ? Optional.of(current)
                    : tryToOpen(candidate, request).map(session -> opened(candidate, session));
            if (opened.isPresent()) {
                refuseAllBehind(candidate, usable.subList(i + 1, usable.size()));
                opened.get().tell(reason(request, candidate), refused);
                return opened.get();
            }
        }
        throw noBackend(request, named);
    }

    private void refuseAllBehind(Candidate chosen, List<Candidate> others) {
        others.forEach(other -> refuse(
                other,
                "ranking " + other.ranking() + ", behind " + chosen.name() + " with ranking " + chosen.ranking()));
    }

    /** Asks each candidate and sorts those that can be used: highest ranking first, ties by name. */
    private List<Candidate> usable(Optional<String> named) {
        List<Candidate> usable = new ArrayList<>();
        for (BackendProvider provider : candidates) {
            try {
                Candidate candidate = new Candidate(provider.name(), provider.ranking(), provider);
                List<String> reasons = reasonsAgainst(candidate, named);
                if (reasons.isEmpty()) {
                    usable.add(candidate);
                } else {
                    refused.add(new Refusal(candidate.name(), reasons));
                }
            } catch (RuntimeException | LinkageError e) {
                // A backend of somebody else's, perhaps compiled against another API: its faults are reasons too.
                causes.add(e);
                refused.add(new Refusal(
                        provider.getClass().getName(),
                        List.of("it failed when it was asked: " + e + " (from " + CodeOrigin.of(provider.getClass())
                                + ")")));
            }
        }
        usable.sort(BackendChoice::inOrder);
        return usable;
    }

    /** By hand: comparators of the JDK's making cost a millisecond each when they are first made, at each start of the command. */
    private static int inOrder(Candidate one, Candidate other) {
        int byRanking = Integer.compare(other.ranking(), one.ranking());
        return byRanking != 0 ? byRanking : one.name().compareTo(other.name());
    }

    private List<String> reasonsAgainst(Candidate candidate, Optional<String> named) {
        if (named.isPresent() && !named.get().equals(candidate.name())) {
            return List.of("not the one that was asked for (" + named.get() + ")");
        }
        return versions.againstProvider(candidate.provider().apiVersion())
                .map(reason -> List.of(
                        reason + " (" + CodeOrigin.of(candidate.provider().getClass()) + ")"))
                .orElseGet(() -> candidate.provider().reasonsAgainst());
    }

    private Optional<Session> tryToOpen(Candidate candidate, SessionRequest request) {
        try {
            BackendSession session = candidate.provider().open(request);
            try {
                return Optional.of(new Session(session, session.containment(), session.facts()));
            } catch (RuntimeException | LinkageError e) {
                session.close();
                throw e;
            }
        } catch (BackendException e) {
            causes.add(e);
            refuse(candidate, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            causes.add(e);
            refuse(candidate, "it failed when it was opened: " + e);
        }
        return Optional.empty();
    }

    private void refuse(Candidate candidate, String reason) {
        refused.add(new Refusal(candidate.name(), List.of(reason)));
    }

    private static String reason(SessionRequest request, Candidate candidate) {
        return request.settings()
                .value(Setting.BACKEND)
                .map(Value::origin)
                .map(origin -> "asked for by the setting " + Setting.BACKEND.key() + " (" + origin + ")")
                .orElse("highest ranking (" + candidate.ranking() + ") of those that can be used here");
    }

    private static OpenedBackend opened(Candidate candidate, Session session) {
        return new OpenedBackend(
                candidate.provider(),
                session.session(),
                new BackendReport(candidate.name(), "", session.containment(), session.facts(), List.of()));
    }

    private NoBackendException noBackend(SessionRequest request, Optional<String> named) {
        String candidatesText = refused.isEmpty()
                ? "none was found; add one to the class path or module path, such as pm.backend.linux"
                : refused.stream()
                        .map(refusal -> refusal.name() + " was refused: " + String.join(", ", refusal.reasons()))
                        .collect(Collectors.joining("; "));
        NoBackendException exception = new NoBackendException(
                "Could not open "
                        + named.map(name -> "the backend '" + name + "'").orElse("a backend") + ": " + candidatesText,
                ErrorContext.ofManager(request.instanceId()));
        causes.forEach(exception::addSuppressed);
        return exception;
    }

    /** A session that is open and could be asked what it is. */
    private record Session(BackendSession session, String containment, List<String> facts) {}

    private record Candidate(String name, int ranking, BackendProvider provider) {}
}
