package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.ExitStatus;
import pm.api.Setting;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;

@EnabledOnOs(OS.LINUX)
class SupervisionSessionTest {
    private static final Map<Setting, String> SUPERVISION = Map.of(Setting.CONTAINMENT, "supervision");

    @Test
    void aDetachedTreeIsKilledAndProvenGone() throws Exception {
        try (TestSession session = TestSession.open(SUPERVISION);
                Containment containment = session.contain()) {
            NativeProcess process =
                    containment.start(TestSession.shell("env -i setsid sh -c 'sleep 1000 & echo $!' ; exit 4"));
            long detached = Long.parseLong(Output.line(process));

            assertThat(process.exit().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isEqualTo(new ExitStatus.Exited(4));
            assertThat(containment.isEmpty()).isFalse();
            containment.kill();
            containment.whenEmpty().toCompletableFuture().get(20, TimeUnit.SECONDS);

            assertThat(ProcFiles.stat(detached).filter(ProcessStat::isAlive)).isEmpty();
            assertThat(session.session().containment()).isEqualTo("launcher (subreaper)");
            assertThat(session.session().facts()).anyMatch(fact -> fact.contains("PM_CONTAINMENT"));
        }
    }

    @Test
    void whatIsNotClosedIsKilledWithTheSession() throws Exception {
        TestSession session = TestSession.open(SUPERVISION);
        Containment containment = session.contain();
        NativeProcess process = containment.start(TestSession.shell("echo; exec sleep 1000"));
        Output.line(process);

        session.close();

        assertThat(containment.isEmpty()).isTrue();
        assertThat(ProcFiles.stat(process.pid()).filter(ProcessStat::isAlive)).isEmpty();
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
