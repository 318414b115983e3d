package pm.backend.windows.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import pm.api.ExitStatus;
import pm.api.Signal;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.process.Pipelines;
import pm.backend.windows.stop.StopRequest;
import pm.spi.BackendException;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** The leader of a tree. A console event that it is sent reaches everybody on its console. */
final class JobLeader implements NativeProcess {
    private final HeldProcess process;
    private final Pipelines pipelines;
    private final JobTree tree;
    private final TreeStop stop;

    JobLeader(HeldProcess process, Pipelines pipelines, JobTree tree, TreeStop stop) {
        this.process = process;
        this.pipelines = pipelines;
        this.tree = tree;
        this.stop = stop;
    }

    @Override
    public long pid() {
        return Integer.toUnsignedLong(process.pid());
    }

    @Override
    public CompletionStage<ExitStatus> exit() {
        return tree.exit().minimalCompletionStage();
    }

    @Override
    public boolean signal(Signal signal) throws BackendException {
        if (tree.leader().isEmpty()) {
            return false;
        }
        try {
            if (process.hasEnded()) {
                return false;
            }
            StopRequest request = StopRequest.of(signal);
            switch (request) {
                case KILL -> process.terminate(JobContainment.KILLED);
                case SUSPEND -> tree.suspension().stop(process.pid());
                case RESUME -> tree.suspension().resume(process.pid());
                case STOP, BREAK -> stop.ask(request, process, List.of(process.pid()));
                case NONE -> throw JobContainment.noSuchSignal(signal);
            }
            return true;
        } catch (WindowsException refused) {
            throw new BackendException(
                    "Could not send " + signal + " to process " + pid() + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public Optional<PipeWriter> stdin() {
        return pipelines.stdin();
    }

    @Override
    public Optional<PipeReader> stdout() {
        return pipelines.stdout();
    }

    @Override
    public Optional<PipeReader> stderr() {
        return pipelines.stderr();
    }
}
