package pm.backend.linux.cgroup;

import java.util.Optional;
import pm.api.ExitStatus;
import pm.api.ResourceUsage;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.launcher.Launched;

/** A leader that is our own child, once it was started. */
final class LaunchedLeader implements TreeLeader {
    private volatile Optional<Launched> launched = Optional.empty();
    private volatile String command = "";

    void is(Launched started, String shownCommand) {
        command = shownCommand;
        launched = Optional.of(started);
    }

    @Override
    public long pid() {
        return launched.map(Launched::pid).orElse(0L);
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public ResourceUsage usage() {
        return launched.map(Launched::usage).orElse(ResourceUsage.NONE);
    }

    @Override
    public Optional<ExitStatus> exit() {
        return launched.map(leader -> leader.exit().toCompletableFuture().getNow(null));
    }

    /** Kills it, wherever it has gone: it is our child, and a pid that is not reaped is no other's. */
    void kill() throws KernelException {
        if (launched.isPresent()) {
            launched.get().kill();
        }
    }

    /**
     * Signals its process group.
     *
     * @return the group that was reached, 0 when none was
     */
    long signalGroup(int signal) throws KernelException {
        return launched.isPresent() && launched.get().signalGroup(signal) ? pid() : 0;
    }
}
