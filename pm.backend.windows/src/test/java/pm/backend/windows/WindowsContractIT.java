package pm.backend.windows;

import java.util.Map;
import java.util.OptionalInt;
import pm.contract.Ability;
import pm.contract.BackendContract;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** The contract of backends, on Windows or under Wine. */
class WindowsContractIT extends BackendContract {
    @Override
    public BackendProvider provider() {
        return new WindowsBackendProvider();
    }

    @Override
    public Programs programs() {
        return new ProgramsHere();
    }

    @Override
    public OptionalInt openDescriptors() {
        return OptionalInt.of(OpenHandles.count());
    }

    @Override
    public Map<Ability, String> lacking() {
        return Map.of(
                Ability.SIGNALS, "Windows has none",
                Ability.TERMINATION, "events of a console and messages of windows do not reach a detached process",
                Ability.DESCRIPTORS, "no program on Windows can ask which handles it was given");
    }
}
