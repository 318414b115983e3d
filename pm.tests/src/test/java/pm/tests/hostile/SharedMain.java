package pm.tests.hostile;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;

/** Uses the shared manager and returns from {@code main}: {@code MARK}. */
public final class SharedMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private SharedMain() {}

    /** Runs the scenario. */
    @SuppressWarnings("resource") // only the shutdown hook may close the shared manager
    public static void main(String[] args) {
        ProcessManager shared = ProcessManagers.shared(PmApi.VERSION);
        OUT.println("SAME " + (shared == ProcessManagers.shared(PmApi.VERSION)));
        try {
            shared.close();
        } catch (UnsupportedOperationException e) {
            OUT.println("REFUSED " + e.getMessage());
        }
        shared.spawn(ProcessSpec.of("sleep", args[0]));
        OUT.println("READY " + Marks.alive(args[0]));
    }
}
