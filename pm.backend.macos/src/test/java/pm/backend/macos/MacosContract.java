package pm.backend.macos;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** The contract on a Mac, where the workflow runs it by its name; setsid(1) is done by perl(1). */
@EnabledOnOs(OS.MAC)
public class MacosContract extends BackendContract {
    @Override
    public BackendProvider provider() {
        return new MacosBackendProvider();
    }

    @Override
    public Programs programs() {
        return new PosixPrograms() {
            @Override
            protected String detached(String script) {
                return "(env -i /usr/bin/perl -MPOSIX -e \"POSIX::setsid(); exec @ARGV\" /bin/sh -c '" + script
                        + "' &)";
            }
        };
    }
}
