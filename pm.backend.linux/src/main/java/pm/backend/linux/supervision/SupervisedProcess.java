package pm.backend.linux.supervision;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.api.ExitStatus;
import pm.api.Signal;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.SupervisorProcess;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessIdentity;
import pm.backend.linux.proc.ProcessStat;
import pm.spi.BackendException;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** A leader that is the child of its supervisor. Safe for use by any thread. */
public final class SupervisedProcess implements NativeProcess {
    private final SupervisorProcess supervisor;
    private final CompletableFuture<ExitStatus> exit;
    private final Optional<ProcessIdentity> identity;

    /**
     * Takes care of it.
     *
     * @param exit completed by whoever hears the supervisor
     */
    public SupervisedProcess(SupervisorProcess supervisor, CompletableFuture<ExitStatus> exit) {
        this.supervisor = supervisor;
        this.exit = exit;
        // It may have ended and been reaped already: what has its pid then is not the supervisor's child.
        this.identity = ProcFiles.stat(supervisor.commandPid())
                .filter(stat -> stat.parentPid() == supervisor.pid())
                .map(ProcessStat::identity);
    }

    /** What tells it from others; empty when it had ended at once. */
    Optional<ProcessIdentity> identity() {
        return identity;
    }

    @Override
    public long pid() {
        return supervisor.commandPid();
    }

    @Override
    public CompletionStage<ExitStatus> exit() {
        return exit.minimalCompletionStage();
    }

    @Override
    public boolean signal(Signal signal) throws BackendException {
        if (exit.isDone() || identity.isEmpty()) {
            return false;
        }
        try {
            return SecondNet.signal(identity.get(), Signals.number(signal));
        } catch (KernelException refused) {
            throw new BackendException("Could not signal process " + pid() + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public Optional<PipeWriter> stdin() {
        return supervisor.stdin();
    }

    @Override
    public Optional<PipeReader> stdout() {
        return supervisor.stdout();
    }

    @Override
    public Optional<PipeReader> stderr() {
        return supervisor.stderr();
    }
}
