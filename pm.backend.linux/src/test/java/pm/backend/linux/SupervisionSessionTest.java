package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.Setting;
import pm.spi.BackendException;

@EnabledOnOs(OS.LINUX)
class SupervisionSessionTest {
    private static final Map<Setting, String> SUPERVISION = Map.of(Setting.CONTAINMENT, "supervision");

    @Test
    void aSessionSaysWhyThereIsNoCgroup() throws Exception {
        try (TestSession session = TestSession.open(SUPERVISION)) {
            assertThat(session.session().containment()).isEqualTo("launcher (subreaper)");
            assertThat(session.session().facts()).anyMatch(fact -> fact.contains("PM_CONTAINMENT"));
        }
    }

    @Test
    void settingsThatCannotBeKeptAreRefused() {
        assertThatThrownBy(() -> TestSession.open(Map.of(Setting.CGROUP_ROOT, "/nonexistent")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("PM_CGROUP_ROOT=/nonexistent")
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> TestSession.open(Map.of(Setting.CGROUP_ROOT, "/tmp")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no cgroup v2 folder");
    }
}
