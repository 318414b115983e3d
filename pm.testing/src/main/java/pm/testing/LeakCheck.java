package pm.testing;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test run that leaves a process, a control group, a temporary file or a thread behind.
 *
 * <p>The build registers it for every test class. It looks before the first class and after the last one, so a manager
 * may be shared by classes, but not outlive them; {@code ProcessManagers.shared()} ends with its JVM and is therefore
 * tested in a JVM of its own.
 */
public final class LeakCheck implements BeforeAllCallback {
    /** How long the run's last things may take to go away, as an ISO-8601 duration; one minute unless set. */
    static final String PATIENCE = "pm.leakcheck.patience";

    @Override
    public void beforeAll(ExtensionContext context) {
        Duration patience =
                context.getConfigurationParameter(PATIENCE).map(Duration::parse).orElse(Duration.ofMinutes(1));
        // The root's store is closed after the last class; what closing throws fails the run.
        context.getRoot()
                .getStore(Namespace.create(LeakCheck.class))
                .getOrComputeIfAbsent(Baseline.class, key -> new Baseline(inventories(), patience), Baseline.class);
    }

    private static List<Inventory> inventories() {
        List<Inventory> everywhere = List.of(new Processes(), new TemporaryFiles(), new Threads());
        // Under Wine the host's files are there too.
        return File.separatorChar == '\\'
                ? everywhere
                : Stream.concat(everywhere.stream(), Stream.of(new ControlGroups()))
                        .toList();
    }
}
