package pm.backend.linux.launcher;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.api.ExitStatus;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.StandardStreams.Pipelines;
import pm.backend.linux.process.Child;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.OutputPump;
import pm.spi.BackendException;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** A leader that is our own child: the launcher, or a sibling that it had born in the cgroup, has become the command. */
public final class Launched implements NativeProcess {
    private final Pipelines pipes;
    private final Child child;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private volatile ResourceUsage usage = ResourceUsage.NONE;

    /**
     * Takes care of a command that was just started.
     *
     * @throws KernelException when it cannot be watched; then it was killed and reaped
     */
    Launched(Attempt attempt, OutputPump pump, ExitWatcher exits) throws KernelException {
        this.child = Child.adopt(attempt.pid(), attempt.predecessor().isEmpty(), exits, ended -> {
            usage = ended.usage();
            exit.complete(ended.status());
        });
        this.pipes = attempt.streams().attach(pump);
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public CompletionStage<ExitStatus> exit() {
        return exit.minimalCompletionStage();
    }

    /** What it and the children that it waited for have used; nothing until it was reaped. */
    public ResourceUsage usage() {
        return usage;
    }

    @Override
    public boolean signal(Signal signal) throws BackendException {
        try {
            return child.signal(Signals.number(signal));
        } catch (KernelException refused) {
            throw new BackendException("Could not signal process " + pid() + ": " + refused.getMessage(), refused);
        }
    }

    /** Kills it, if it was not reaped yet. */
    public void kill() throws KernelException {
        child.signal(Signals.SIGKILL);
    }

    /**
     * Sends a signal to its process group, which is that of its session too.
     *
     * @return false when it was reaped already, or has left for another group and nobody is in its own
     */
    public boolean signalGroup(int signal) throws KernelException {
        return child.signalGroup(signal);
    }

    @Override
    public Optional<PipeWriter> stdin() {
        return pipes.stdin();
    }

    @Override
    public Optional<PipeReader> stdout() {
        return pipes.stdout();
    }

    @Override
    public Optional<PipeReader> stderr() {
        return pipes.stderr();
    }
}
