package sample;

import java.time.Duration;
import pm.api.CleanupReceipt.Ended;
import pm.api.Limits;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;

/** Runs a program that does not want to end, and prints how pm ended it. */
public final class Main {
    /** Ignores the stop signal, as its children do, and leaves one of them in a session of its own. */
    private static final String STUBBORN = "trap '' TERM; setsid sleep 1000 & sleep 1000";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (ProcessManager pm = ProcessManagers.open(PmApi.VERSION)) {
            ProcessResult result = pm.run(ProcessSpec.of("sh", "-c", STUBBORN)
                    .timeout(Duration.ofSeconds(1))
                    .limits(Limits.none()
                            .memory(256, Limits.MIB)
                            .processes(20)
                            // Where this host cannot hold a limit, go on without it, and say so.
                            .bestEffort(true)));
            result.warnings().forEach(warning -> System.out.println("warning: " + warning));
            System.out.println("cause: " + result.cause() + ", leader: " + result.exit());
            for (Ended ended : result.cleanup().ended()) {
                System.out.println("ended by " + ended.step() + ": " + ended.command());
            }
            System.out.println("proven gone: " + result.cleanup().proven());
        }
    }
}
