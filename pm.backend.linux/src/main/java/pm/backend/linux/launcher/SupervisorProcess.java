package pm.backend.linux.launcher;

import java.util.Optional;
import java.util.function.Consumer;
import pm.api.ExitStatus;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.OutputPump;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** The launcher as the supervisor of one command, which runs. Safe for use by any thread. */
public final class SupervisorProcess {
    private final long commandPid;
    private final StandardStreams.Pipelines pipes;
    private final ResidentLauncher launcher;

    /** Hears it, on the exit watcher's thread. */
    public record Listener(Consumer<LauncherMessage> heard, Consumer<ExitStatus> ended)
            implements ResidentLauncher.Listener {
        @Override
        public void heard(LauncherMessage message) {
            heard.accept(message);
        }

        @Override
        public void ended(ExitStatus status) {
            ended.accept(status);
        }
    }

    /**
     * Takes care of a supervisor that was just started.
     *
     * @param channel our end of it; ours from now on, also when this fails
     * @throws KernelException when it cannot be watched; then it was killed, and with it its tree
     */
    SupervisorProcess(
            int launcherPid,
            int channel,
            long commandPid,
            StandardStreams streams,
            OutputPump pump,
            ExitWatcher exits,
            Listener listener)
            throws KernelException {
        this.commandPid = commandPid;
        this.launcher = new ResidentLauncher(launcherPid, channel, exits, listener);
        this.pipes = streams.attach(pump);
    }

    /** The pid of the launcher. */
    public long pid() {
        return launcher.pid();
    }

    /** The pid of the command. */
    public long commandPid() {
        return commandPid;
    }

    /** Our end of the command's standard input. */
    public Optional<PipeWriter> stdin() {
        return pipes.stdin();
    }

    /** Our end of the command's standard output. */
    public Optional<PipeReader> stdout() {
        return pipes.stdout();
    }

    /** Our end of the command's standard error. */
    public Optional<PipeReader> stderr() {
        return pipes.stderr();
    }

    /**
     * Gives an order.
     *
     * @return its sequence number, which the answer repeats
     * @throws KernelException when the launcher is gone (EPIPE), or does not take any (EAGAIN)
     */
    public int send(Order order, int value) throws KernelException {
        return launcher.send(order, value);
    }

    /** Wakes the launcher when somebody has stopped it. */
    public void wake() throws KernelException {
        launcher.signal(Signals.SIGCONT);
    }
}
