package pm.backend.linux.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.Launched;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.TreeNodes;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** A tree in a cgroup of its own. The kernel keeps every descendant in it, so what it says of the group is true of the tree. */
public final class CgroupContainment implements Containment {
    private final InstanceCgroup manager;
    private final CgroupFolder folder;
    private final Launching launching;
    private final ExitWatcher watcher;
    private final Clearing clearing;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    /** Taken while the group is there. */
    private volatile CgroupAccount lastAccount = new CgroupAccount(ResourceUsage.NONE, OptionalLong.empty());

    private volatile Optional<Launched> leader = Optional.empty();
    private boolean closed;

    private CgroupContainment(InstanceCgroup manager, CgroupFolder folder, Launching launching, ExitWatcher watcher) {
        this.manager = manager;
        this.folder = folder;
        this.launching = launching;
        this.watcher = watcher;
        this.clearing = new Clearing(folder, watcher);
    }

    /**
     * Makes the group of a tree.
     *
     * @throws BackendException with the reason
     */
    public static CgroupContainment create(
            InstanceCgroup manager, String processId, Launching launching, ExitWatcher watcher)
            throws BackendException {
        try {
            return new CgroupContainment(manager, manager.makeTree(processId), launching, watcher);
        } catch (IOException e) {
            throw new BackendException(
                    "Could not make a control group in " + manager.path() + ": " + e
                            + ", see whether the host has a limit of groups",
                    e);
        }
    }

    @Override
    public String name() {
        return "cgroup " + folder;
    }

    @Override
    public NativeProcess start(StartRequest request) throws StartException {
        int descriptor;
        try {
            descriptor = Kernel.open(folder.path(), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        } catch (KernelException e) {
            empty.complete(null);
            throw new StartException(
                    StartException.Kind.OTHER,
                    "Could not start '" + request.command().get(0) + "': " + e.getMessage(),
                    e);
        }
        try {
            Launched started = launching.exec(request, descriptor);
            leader = Optional.of(started);
            // Runs on the watcher's thread, or here when it has ended already.
            started.exit().thenRun(this::leaderEnded);
            return started;
        } catch (StartException e) {
            empty.complete(null);
            throw e;
        } finally {
            Kernel.close(descriptor);
        }
    }

    /** Most trees end with their leader: then removing the group both proves that and cleans up, without waiting for events. */
    private void leaderEnded() {
        takeAccount();
        if (folder.removeIfEmpty()) {
            empty.complete(null);
            return;
        }
        CompletionStage<Void> later = Emptiness.of(folder, watcher);
        later.whenComplete((nothing, failure) -> {
            takeAccount();
            if (failure == null) {
                empty.complete(null);
            } else {
                empty.completeExceptionally(new BackendException(
                        "Could not watch " + folder + ": " + failure.getMessage()
                                + ", see whether descriptors are used up",
                        failure));
            }
        });
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        int number = Signals.number(signal);
        attempt("send " + signal + " to", () -> {
            boolean groupReached = leader.isPresent() && leader.get().signalGroup(number);
            long group = groupReached ? leader.get().pid() : 0;
            MemberSignals members = new MemberSignals(folder);
            List<String> refusals = new ArrayList<>(members.send(pid -> isOutside(pid, group), number));
            // One by one: by now the leader may be gone, and with it the right to use its group's number.
            refusals.addAll(members.send(pid -> true, Signals.SIGCONT));
            folder.thaw();
            if (!refusals.isEmpty()) {
                throw new IOException(String.join(", ", refusals));
            }
        });
    }

    private static boolean isOutside(long pid, long group) {
        return ProcFiles.stat(pid).filter(stat -> stat.group() != group).isPresent();
    }

    @Override
    public void kill() throws BackendException {
        attempt("kill", clearing::begin);
    }

    /** Once more, and besides one by one: the last means that there is; what survives it, the kernel itself does not let go. */
    @Override
    public Optional<String> lastResort() throws BackendException {
        kill();
        attempt("kill one by one", () -> new MemberSignals(folder).send(pid -> true, Signals.SIGKILL));
        return Optional.empty();
    }

    @Override
    public void suspend() throws BackendException {
        attempt("freeze", folder::freeze);
    }

    @Override
    public void resume() throws BackendException {
        attempt("thaw", folder::thaw);
    }

    @Override
    public boolean isEmpty() throws BackendException {
        try {
            return !folder.events().populated();
        } catch (IOException e) {
            throw refused("look at", e);
        }
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return empty.minimalCompletionStage();
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        long first = leader.map(Launched::pid).orElse(0L);
        try {
            return TreeNodes.ofPids(first, folder.pids());
        } catch (IOException e) {
            throw refused("look at", e);
        }
    }

    @Override
    public ResourceUsage usage() {
        return account().usage();
    }

    @Override
    public OptionalLong outOfMemoryVictim() {
        return account().outOfMemoryVictim();
    }

    private CgroupAccount account() {
        if (!empty.isDone()) {
            takeAccount();
        }
        return lastAccount;
    }

    /** A group that is gone has no figures any more: then the last ones stay. */
    private void takeAccount() {
        try {
            CgroupAccount account = CgroupAccount.read(
                    folder, manager.controllers(), leader.map(Launched::usage).orElse(ResourceUsage.NONE));
            if (folder.exists()) {
                lastAccount = account;
            }
        } catch (IOException goneMeanwhile) {
            return;
        }
    }

    @Override
    public synchronized void close() throws BackendException {
        if (closed) {
            return;
        }
        if (!folder.removeIfEmpty()) {
            List<ProcessTree.Node> members = members();
            if (!members.isEmpty()) {
                throw new BackendException(
                        "Could not remove " + folder + ": still inside are " + members + ", end them");
            }
            attempt("remove the groups of", folder::remove);
        }
        manager.release(folder);
        closed = true;
        empty.complete(null);
    }

    private interface Action {
        void run() throws IOException, KernelException;
    }

    private void attempt(String what, Action action) throws BackendException {
        try {
            action.run();
        } catch (IOException | KernelException e) {
            throw refused(what, e);
        }
    }

    private BackendException refused(String what, Exception reason) {
        return new BackendException("Could not " + what + " what is in " + folder + ": " + reason.getMessage(), reason);
    }
}
