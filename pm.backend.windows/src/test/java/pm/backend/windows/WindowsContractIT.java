package pm.backend.windows;

import java.util.EnumMap;
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
        Map<Ability, String> lacking = new EnumMap<>(Map.of(
                Ability.SIGNALS, "Windows has none",
                Ability.TERMINATION,
                        "a console's events and a window's messages do not reach a detached process of Windows",
                Ability.DESCRIPTORS, "no program on Windows can ask which handles it was given"));
        Wine.version().ifPresent(version -> {
            lacking.put(Ability.ENFORCEMENT, "Wine " + version + " accepts limits of jobs and does not hold them");
            lacking.put(
                    Ability.ACCOUNTING, "Wine " + version + " does not count what the processes of a job have used");
        });
        return lacking;
    }
}
