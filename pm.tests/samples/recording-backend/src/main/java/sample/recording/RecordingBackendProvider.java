package sample.recording;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import pm.api.PmApi;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;
import pm.spi.SessionRequest;

/**
 * Stands in front of another backend, lets that do the work, and records it. Its ranking is above that of the backends of pm, so that it serves
 * wherever it is installed, unless the setting {@code backend} names another. Safe for use by any thread.
 */
@Component(property = "pm.backend=" + RecordingBackendProvider.NAME)
public final class RecordingBackendProvider implements BackendProvider {
    static final String NAME = "recording";

    private static final int RANKING = 200;

    /** Given in OSGi: by its name, so that it cannot be this component itself. Elsewhere null. */
    @Reference(target = "(pm.backend=linux)")
    private BackendProvider given;

    @Override
    public String name() {
        return NAME;
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
        return recorded()
                .map(BackendProvider::reasonsAgainst)
                .orElseGet(() -> List.of("There is no other backend that it could record."));
    }

    @Override
    public BackendSession open(SessionRequest request) throws BackendException {
        BackendProvider recorded = recorded()
                .orElseThrow(() -> new BackendException("Could not record a backend: there is no other, add one"));
        BackendSession session = recorded.open(request);
        Recording recording = new Recording(request);
        recording.write("records " + recorded.name());
        return new RecordingSession(session, recording);
    }

    /** The one that would serve if this one were not there. */
    private Optional<BackendProvider> recorded() {
        return given != null ? Optional.of(given) : discover();
    }

    private static Optional<BackendProvider> discover() {
        return ServiceLoader.load(BackendProvider.class, RecordingBackendProvider.class.getClassLoader()).stream()
                .filter(provider -> provider.type() != RecordingBackendProvider.class)
                .map(ServiceLoader.Provider::get)
                .max(Comparator.<BackendProvider, Boolean>comparing(
                                other -> other.reasonsAgainst().isEmpty())
                        .thenComparing(BackendProvider::ranking));
    }
}
