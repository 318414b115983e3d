package pm.spi;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A backend for one operating system. Found as a service; must be cheap to create and load no native code before it is asked.
 * Implementations must be safe for use by any thread.
 */
@ProviderType
public interface BackendProvider {
    /** Its name, as {@link pm.api.Setting#BACKEND} names it; for instance {@code linux}. */
    String name();

    /** Among usable backends the highest ranking is chosen; ties go by name. */
    int ranking();

    /** The version it was compiled against: always {@code return PmApi.VERSION}. Major and minor must be the installed ones. */
    String apiVersion();

    /**
     * Whether it can be used on this host.
     *
     * @return why not, one sentence each; empty when it can
     */
    List<String> reasonsAgainst();

    /**
     * Opens a session for one manager.
     *
     * @throws BackendException when it cannot, with the reason
     */
    BackendSession open(SessionRequest request) throws BackendException;
}
