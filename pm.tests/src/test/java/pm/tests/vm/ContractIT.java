package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** The contract of backends, in the way that this mode has. */
class ContractIT extends BackendContract {
    static {
        // Ten megabytes through two pipes take a machine of one slow processor long.
        System.setProperty("pm.contract.patience", "PT110S");
    }

    @Override
    public BackendProvider provider() {
        return ServiceLoader.load(BackendProvider.class).findFirst().orElseThrow();
    }

    @Override
    public Programs programs() {
        return new PosixPrograms();
    }

    @Test
    void itIsThatWay() {
        assertThat(bench().session().containment())
                .startsWith(Mode.current().holder().words());
    }
}
