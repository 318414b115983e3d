package sample.consumer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import pm.api.ManagedProcess;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;

/** Starts a program that ignores SIGTERM and leaves a detached child in a session of its own, and prints what became of it. */
@Component(service = MisbehavingTree.class, immediate = true)
public final class MisbehavingTree {
    private static final String SCRIPT = "trap '' TERM; setsid sh -c 'trap \"\" TERM; sleep 1000' & sleep 1000";

    private final ManagedProcess process;
    private final CompletableFuture<Boolean> nothingLeft;

    /** Starts the program; it has two seconds. */
    @Activate
    public MisbehavingTree(@Reference ProcessManager pm) {
        process = pm.spawn(ProcessSpec.of("sh", "-c", SCRIPT).timeout(Duration.ofSeconds(2)));
        print("started a program that ignores SIGTERM and detaches a child; it has 2 seconds");
        nothingLeft = process.onExit().thenApplyAsync(MisbehavingTree::tell);
    }

    /** Ends what this component started, if it still runs. */
    @Deactivate
    public void end() {
        process.close();
    }

    /** Completes when the end was printed: whether it was proven that nothing is left. */
    public CompletableFuture<Boolean> nothingLeft() {
        return nothingLeft;
    }

    private static boolean tell(ProcessResult result) {
        print(result.cause() + " after " + result.duration().toMillis() + " ms");
        result.cleanup()
                .ended()
                .forEach(ended -> print(ended.step() + " ended " + ended.pid() + ": " + ended.command()));
        print(
                result.cleanup().proven()
                        ? "nothing left"
                        : "left: " + result.cleanup().survivors());
        return result.cleanup().proven();
    }

    private static void print(String text) {
        System.out.println("consumer: " + text);
    }
}
