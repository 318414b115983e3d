package pm.backend.macos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.spi.BackendProvider;

class MacosBackendProviderTest {
    @Test
    @DisabledOnOs(OS.MAC)
    void elsewhereItSaysWhyItCannotBeUsed() {
        assertThat(new MacosBackendProvider().reasonsAgainst())
                .containsExactly("This is " + System.getProperty("os.name") + ", not macOS.");
    }

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(BackendProvider.class)).anyMatch(MacosBackendProvider.class::isInstance);
    }
}
