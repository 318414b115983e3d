package pm.backend.windows;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import pm.contract.Bench;
import pm.spi.BackendException;

/** A session for each test. Nothing of it may be left, and it had nothing to complain of. */
abstract class SessionIT {
    private Bench bench;

    @BeforeEach
    void open() throws BackendException {
        bench = new Bench(new WindowsBackendProvider(), Map.of());
    }

    @AfterEach
    void close() throws BackendException {
        bench.close();
    }

    Bench bench() {
        return bench;
    }
}
