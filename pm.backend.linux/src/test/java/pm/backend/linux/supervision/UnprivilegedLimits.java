package pm.backend.linux.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.launcher.Requests;
import pm.backend.linux.launcher.Workbench;
import pm.spi.Containment;
import pm.spi.StartException;

/** What only root may ask for; run by {@link pm.backend.linux.AsNobodyTest}, as another user. */
class UnprivilegedLimits {
    private Workbench bench;
    private Supervision supervision;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench();
        supervision = new Supervision(Workbench.INSTANCE, bench.launching(), bench.exits(), bench.warnings()::add);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private StartException refusal(LimitKind kind, long amount) {
        Containment tree = supervision.contain("1", Limits.none().with(kind, amount), violation -> {});
        return catchThrowableOfType(StartException.class, () -> tree.start(Requests.of("true")));
    }

    @Test
    void aLowerNiceValue() {
        assertThat(refusal(LimitKind.NICE, -20))
                .hasMessage(
                        "Could not start 'true': cannot set the nice value: permission denied (EACCES), a value below"
                                + " that of this JVM takes CAP_SYS_NICE");
    }

    @Test
    void aLowerOomScore() {
        assertThat(refusal(LimitKind.OOM_SCORE_ADJ, -1000))
                .hasMessage(
                        "Could not start 'true': cannot set oom_score_adj: permission denied (EACCES), a value below"
                                + " that of this JVM takes CAP_SYS_RESOURCE");
    }
}
