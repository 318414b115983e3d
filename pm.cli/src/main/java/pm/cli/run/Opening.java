package pm.cli.run;

import java.util.List;
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
    /**
     * Nobody can look at the beans of a manager that lives as long as one command; loading JMX would cost start-up time. A signal to pm ends
     * the command, whatever the environment says about the managers of other programs.
     */
    static final Settings USUAL = Settings.none().with(Setting.JMX, false).with(Setting.SHUTDOWN, "hook");

    /**
     * JNA, without which no backend does anything, and what it makes at its first call. The former first: its start loads most others, so that a
     * thread that comes later waits for it and holds nothing that it needs.
     */
    static final List<String> NATIVE_ACCESS = List.of("com.sun.jna.Native", "com.sun.jna.Structure$FFIType");

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
        loadNativeAccess();
        return new Opening(Optional.of(manager));
    }

    /** What the thread would have to load next. It is the one that is waited for in the end; this one has only the command line to read. */
    private static void loadNativeAccess() {
        try {
            for (String name : NATIVE_ACCESS) {
                Class.forName(name);
            }
        } catch (ClassNotFoundException | LinkageError untold) {
            // The backend will tell, if it needs them.
            return;
        }
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
