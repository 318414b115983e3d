package pm.backend.linux;

import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.Setting;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** The contract with a launcher that stays for each tree. */
@EnabledOnOs(OS.LINUX)
public class SupervisionContractTest extends BackendContract {
    @Override
    public BackendProvider provider() {
        return new LinuxBackendProvider();
    }

    @Override
    public Programs programs() {
        return new PosixPrograms();
    }

    @Override
    public Map<Setting, String> settings() {
        return Map.of(Setting.CONTAINMENT, "supervision");
    }
}
