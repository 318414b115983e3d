package pm.backend.linux.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.backend.linux.ReusedPid;
import pm.backend.linux.kernel.Signals;

/** Run by {@code PidReuseTest}, in a PID namespace: a process is known by its start time too. */
@EnabledIf("pm.backend.linux.ReusedPid#isPossible")
class ReusedPidCases {
    private ReusedPid pid;

    @BeforeEach
    void useAgain() throws Exception {
        pid = ReusedPid.start();
        assertThat(pid.first().isAlive()).isTrue();
        pid.replace();
    }

    @AfterEach
    void end() {
        pid.close();
    }

    @Test
    void theFirstProcessIsNotAlive() {
        assertThat(pid.first().isAlive()).isFalse();
    }

    @Test
    void aSignalToTheFirstProcessReachesNobody() throws Exception {
        assertThat(SecondNet.signal(pid.first(), Signals.SIGKILL)).isFalse();
        assertThat(pid.isUntouched()).isTrue();
    }

    @Test
    void theSecondNetFindsAndKillsNothing() {
        SecondNet net = new SecondNet("nobody", "nothing");
        assertThat(net.find(Optional.of(pid.first()))).isEmpty();
        assertThat(net.kill(Optional.of(pid.first()))).isEmpty();
        assertThat(pid.isUntouched()).isTrue();
    }
}
