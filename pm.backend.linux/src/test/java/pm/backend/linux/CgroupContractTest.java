package pm.backend.linux;

import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.Setting;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** The contract with a cgroup for each tree. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class CgroupContractTest extends BackendContract {
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
        return Map.of(Setting.CONTAINMENT, "cgroup");
    }
}
