package pm.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets tests wait for an event for a minute where they give no limit of their own: Awaitility's ten seconds are not enough on a machine whose
 * processors are busy with other work. The build registers it for every test class.
 */
public final class GenerousWaits implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
