package pm.backend.macos.process;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.api.ExitStatus;
import pm.api.Signal;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.Signaller.Delivery;
import pm.spi.BackendException;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/**
 * The leader of a tree. When it has exited it is not reaped before its whole tree is gone: as long as it is a zombie, nobody else gets its
 * pid or its session's number. Safe for use by any thread.
 */
final class Leader implements NativeProcess {
    private final ProcessRecord record;
    private final StandardStreams.Pipelines pipes;
    private final CheckedSignals signals;
    private final HostSystem system;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

    Leader(ProcessRecord record, StandardStreams.Pipelines pipes, CheckedSignals signals, HostSystem system) {
        this.record = record;
        this.pipes = pipes;
        this.signals = signals;
        this.system = system;
    }

    ProcessRecord record() {
        return record;
    }

    void exited(ExitStatus status) {
        exit.complete(status);
    }

    @Override
    public long pid() {
        return record.pid();
    }

    @Override
    public CompletionStage<ExitStatus> exit() {
        return exit.minimalCompletionStage();
    }

    boolean hasExited() {
        return exit.isDone();
    }

    @Override
    public boolean signal(Signal signal) throws BackendException {
        if (exit.isDone()) {
            return false;
        }
        Delivery delivery = signals.send(record, system.number(signal));
        if (delivery == Delivery.REFUSED) {
            throw new BackendException("Could not signal process " + pid() + ": it runs as another user");
        }
        return delivery == Delivery.DELIVERED;
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
