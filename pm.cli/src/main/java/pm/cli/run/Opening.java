package pm.cli.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.Setting;
import pm.api.Settings;

/** Opens the manager of a run: when it is asked for, or before, while the command line is still being read, which takes as long. */
public final class Opening {
    /** Nobody can look at the beans of a manager that lives as long as one command; loading JMX would cost start-up time. */
    static final Settings USUAL = Settings.none().with(Setting.JMX, false);

    private final Optional<CompletableFuture<ProcessManager>> early;

    private Opening(Optional<CompletableFuture<ProcessManager>> early) {
        this.early = early;
    }

    /** Begins now, on a thread of its own. A manager that is not asked for after all is closed by the JVM's shutdown. */
    public static Opening early() {
        CompletableFuture<ProcessManager> manager = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(manager), "pm-run-open");
        thread.setDaemon(true);
        thread.start();
        return new Opening(Optional.of(manager));
    }

    private static void open(CompletableFuture<ProcessManager> manager) {
        try {
            manager.complete(ProcessManagers.open(PmApi.VERSION, USUAL));
        } catch (RuntimeException | Error failure) {
            manager.completeExceptionally(failure);
        }
    }

    /** Begins when the manager is asked for. */
    public static Opening late() {
        return new Opening(Optional.empty());
    }

    /**
     * The manager, which the caller must close.
     *
     * @throws RuntimeException what opening throws
     */
    ProcessManager manager(Settings settings) {
        if (early.isEmpty() || !settings.values().equals(USUAL.values())) {
            return ProcessManagers.open(PmApi.VERSION, settings);
        }
        try {
            return early.get().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
