package pm.backend.macos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.backend.macos.linux.LinuxStandIn;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.contract.Request;
import pm.spi.BackendProvider;
import pm.spi.Containment;
import pm.spi.StartException;

/** The contract with macOS' strategy over Linux: real processes, real double forks. */
@EnabledOnOs(OS.LINUX)
@EnabledIf(value = "isAllowed", disabledReason = "the process connector is for root only")
public class StandInContractTest extends BackendContract {
    static boolean isAllowed() {
        return LinuxStandIn.isAllowed();
    }

    @Override
    public BackendProvider provider() {
        return new StandInProvider();
    }

    @Override
    public Programs programs() {
        return new PosixPrograms();
    }

    /** The guard knows only what a look has shown: what detaches itself in the moment before may survive, here as on macOS. See the README. */
    @Override
    public List<String> holder() {
        return List.of(LookedAtMain.class.getName());
    }

    /** The contract lets a backend do either; here nothing may leave. */
    @Test
    void leavingIsRefused() throws Exception {
        Request request = Request.of(programs().exits(0)).allowingBreakaway();
        Containment containment = bench().contain();
        assertThatThrownBy(() -> bench().start(request, containment))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("only Windows has breakaway");
    }
}
