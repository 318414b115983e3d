package pm.backend.macos;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.backend.macos.linux.LinuxStandIn;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

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
}
