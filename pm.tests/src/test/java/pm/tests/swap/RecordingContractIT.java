package pm.tests.swap;

import java.io.File;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** A backend that was written outside of this build keeps the contract. */
class RecordingContractIT extends BackendContract {
    private static SampleBackend sample;

    @BeforeAll
    static void load() {
        sample = new SampleBackend();
    }

    @AfterAll
    static void unload() {
        sample.close();
    }

    @Override
    public BackendProvider provider() {
        return sample.provider();
    }

    @Override
    public Programs programs() {
        return new PosixPrograms();
    }

    @Override
    public String classPath() {
        return super.classPath() + File.pathSeparator + SampleBackend.JAR;
    }
}
