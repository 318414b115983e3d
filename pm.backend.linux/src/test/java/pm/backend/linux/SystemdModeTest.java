package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.Setting;
import pm.backend.linux.proc.PidNamespace;
import pm.spi.BackendException;

/** Why there are no scopes. How scopes work is seen in the virtual machine, where a systemd runs. */
@EnabledOnOs(OS.LINUX)
class SystemdModeTest {
    private static final Path BOOTED = Path.of("/run/systemd/system");

    /** Neither is there in this test, or at least not the bundle. */
    @Test
    void withoutSystemdAndTheBundleItIsRefused() {
        assertThatThrownBy(() -> TestSession.open(Map.of(Setting.CONTAINMENT, "systemd")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining(
                        !Files.exists(BOOTED)
                                ? "no systemd runs here"
                                : PidNamespace.isFirst()
                                        ? "the bundle pm.backend.linux.systemd is not there"
                                        : "PID namespace");
    }

    /** The bundle is not on this test's class path. */
    @Test
    void nobodyIsFoundWhoMakesScopes() {
        assertThat(ScopeDiscovery.find(warning -> {
                    throw new AssertionError(warning);
                }))
                .isEmpty();
    }
}
