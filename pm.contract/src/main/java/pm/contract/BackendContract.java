package pm.contract;

import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import pm.api.Setting;
import pm.spi.BackendException;
import pm.spi.BackendProvider;

/**
 * What every backend keeps. Extend it once for each way in which your backend works; each test opens a session of its own. What cannot be on
 * an operating system is declared by {@link #lacking()}, and the tests in question are then reported as skipped with that reason.
 */
public abstract class BackendContract
        implements SessionContract,
                StartContract,
                StreamsContract,
                TreeContract,
                EndingContract,
                SuspensionContract,
                LimitsContract,
                CrowdContract,
                CrashContract {
    private Bench bench;

    /** For subclasses. */
    protected BackendContract() {}

    /** The backend. Of a public class with a public constructor without parameters, since other JVMs make one too. */
    @Override
    public abstract BackendProvider provider();

    /** What to run on this operating system. */
    @Override
    public abstract Programs programs();

    /** Settings that differ from their defaults, as text. */
    @Override
    public Map<Setting, String> settings() {
        return Map.of();
    }

    /** What this backend cannot do here, and why. */
    @Override
    public Map<Ability, String> lacking() {
        return Map.of();
    }

    /** Whether a process lives, as the operating system tells it. */
    @Override
    public boolean lives(long pid) {
        return OperatingSystem.lives(pid);
    }

    /** How many descriptors or handles this JVM has open; empty where that cannot be asked. */
    @Override
    public OptionalInt openDescriptors() {
        return OperatingSystem.openDescriptors();
    }

    /** A class path on which another JVM finds {@link #provider()} and this contract. */
    @Override
    public String classPath() {
        return System.getProperty("java.class.path");
    }

    @BeforeEach
    void openBench() throws BackendException {
        Assertions.assertThat(provider().reasonsAgainst())
                .as("why the backend cannot be used here; leave the whole test out where that is as it should be")
                .isEmpty();
        bench = another();
    }

    @AfterEach
    void closeBench() throws BackendException {
        if (bench != null) {
            bench.close();
        }
    }

    @Override
    public Bench bench() {
        return bench;
    }
}
