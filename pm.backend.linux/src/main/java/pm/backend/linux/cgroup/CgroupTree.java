package pm.backend.linux.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.proc.TreeNodes;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;

/** What lives in the group of one tree, whoever made the group and started the leader in it. Safe for use by any thread. */
final class CgroupTree {
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);

    private final TreeGroups groups;
    private final CgroupFolder folder;
    private final ExitWatcher watcher;
    private final Clearing clearing;
    private final TreeLeader leader;
    private final TreeAccount account;
    private final OomVictim victim;
    private final Consumer<Runnable> reaped;
    private final BooleanSupplier removable;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private Optional<LimitEvents> events = Optional.empty();
    private Set<LimitKind> limited = Set.of();
    private boolean ended;

    /**
     * For groups that are there.
     *
     * @param violated hears of limits that are met
     * @param reaped runs an action when what was left of the tree to this JVM has been reaped
     * @param removable whether its groups are this JVM's to remove, once they are empty
     */
    CgroupTree(
            TreeGroups groups,
            ExitWatcher watcher,
            TreeLeader leader,
            Consumer<LimitViolation> violated,
            Consumer<Runnable> reaped,
            BooleanSupplier removable) {
        this.reaped = reaped;
        this.removable = removable;
        this.groups = groups;
        this.folder = groups.main();
        this.watcher = watcher;
        this.clearing = new Clearing(folder, watcher);
        this.leader = leader;
        this.victim = new OomVictim(groups, leader);
        this.account = new TreeAccount(groups, violated, victim::find);
    }

    CgroupFolder folder() {
        return folder;
    }

    TreeGroups groups() {
        return groups;
    }

    /**
     * Begins to hear of limits that are met; of others than before when it is called again.
     *
     * @param kinds what is limited
     */
    synchronized void listen(Set<LimitKind> kinds) throws BackendException {
        if (!ended && !kinds.equals(limited)) {
            LimitEvents more = LimitEvents.of(groups, kinds, watcher, this::limitMet);
            events.ifPresent(LimitEvents::close);
            events = Optional.of(more);
            limited = Set.copyOf(kinds);
        }
    }

    private synchronized boolean isLimited(LimitKind kind) {
        return limited.contains(kind);
    }

    /** Nothing was started in it, or nothing can come any more. */
    void endsHere() {
        stopListening();
        groups.removeFurther();
        reaped.accept(() -> empty.complete(null));
    }

    /** Something was started, but could not be watched: it was killed, and what it had started by then is killed here. */
    void startFailed(Exception reason) {
        try {
            if (!isEmpty()) {
                clearing.finish(KILL_WAIT);
            }
        } catch (BackendException e) {
            reason.addSuppressed(e);
        }
        endsHere();
    }

    private synchronized void stopListening() {
        ended = true;
        events.ifPresent(LimitEvents::close);
        events = Optional.empty();
    }

    /** Most trees end with their leader: then removing the group both proves that and cleans up, without waiting for events. */
    void leaderEnded() {
        watcher.insist(this::endWithLeader);
    }

    private void endWithLeader() {
        takeAccount();
        account.findVictim();
        if (removable.getAsBoolean() && folder.removeIfEmpty()) {
            endsHere();
            return;
        }
        endWhatOomLeft();
        CompletionStage<Void> later = Emptiness.of(folder, watcher);
        later.whenComplete((nothing, failure) -> watcher.insist(() -> endWithTree(failure)));
    }

    private void endWithTree(Throwable failure) {
        takeAccount();
        account.findVictim();
        if (failure == null) {
            endsHere();
        } else {
            empty.completeExceptionally(new BackendException(
                    "Could not watch " + folder + ": " + failure.getMessage() + ", see whether descriptors are used up",
                    failure));
        }
    }

    private void limitMet() {
        takeAccount();
        endWhatOomLeft();
    }

    /**
     * Version 1 kills one process where version 2 kills the tree; a tree that lost one to its own limit is of no more use. Version 2 also
     * counts kills by the limit of a group above, or of one that the tree has made for itself: after these a tree may go on.
     */
    private void endWhatOomLeft() {
        if (groups.isKilledOneByOne() && isLimited(LimitKind.MEMORY) && account.hasMet(LimitKind.MEMORY)) {
            try {
                if (leader.exit().isEmpty()) {
                    victim.mayBeOurs();
                }
                clearing.begin();
            } catch (IOException e) {
                throw new IllegalStateException(
                        "Could not end what is left in " + folder + " after it was out of memory: " + e, e);
            }
        }
    }

    /** Sends a signal to those that are wanted, then lets all go on. */
    void signal(LongPredicate wanted, int number) throws BackendException {
        attempt("signal", () -> {
            MemberSignals members = new MemberSignals(folder);
            List<String> refusals = new ArrayList<>(members.send(wanted, number));
            // One by one: by now the leader may be gone, and with it the right to use its group's number.
            refusals.addAll(members.send(pid -> true, Signals.SIGCONT));
            folder.thaw();
            if (!refusals.isEmpty()) {
                throw new IOException(String.join(", ", refusals));
            }
        });
    }

    void kill() throws BackendException {
        victim.mayBeOurs();
        attempt("kill", clearing::begin);
    }

    void killOneByOne() throws BackendException {
        attempt("kill one by one", () -> new MemberSignals(folder).send(pid -> true, Signals.SIGKILL));
    }

    void suspend() throws BackendException {
        attempt("freeze", folder::freeze);
    }

    void resume() throws BackendException {
        attempt("thaw", folder::thaw);
    }

    /** A leader that has left the group lives as well: it is looked at first, since it may have come back in between. */
    boolean isEmpty() throws BackendException {
        try {
            return leader.isOver() && !folder.events().populated();
        } catch (IOException e) {
            throw refused("look at", e);
        }
    }

    /** Whether the leader lives and is in none of the tree's groups. */
    boolean hasLostLeader() throws BackendException {
        try {
            return !leader.isOver() && !folder.pids().contains(leader.pid());
        } catch (IOException e) {
            throw refused("look at", e);
        }
    }

    CompletionStage<Void> whenEmpty() {
        return empty.minimalCompletionStage();
    }

    List<ProcessTree.Node> members() throws BackendException {
        try {
            Set<Long> pids = new LinkedHashSet<>(folder.pids());
            if (!leader.isOver()) {
                pids.add(leader.pid());
            }
            return TreeNodes.ofPidsAndZombies(leader.pid(), pids);
        } catch (IOException e) {
            throw refused("look at", e);
        }
    }

    ResourceUsage usage() {
        return account().usage();
    }

    List<LimitViolation> violations() {
        return account().violations();
    }

    private TreeAccount account() {
        if (!empty.isDone()) {
            takeAccount();
        }
        return account;
    }

    private void takeAccount() {
        account.take(leader.usage());
    }

    /**
     * Removes the group and those below it, if they are this JVM's to remove.
     *
     * @throws BackendException naming what lives in it
     */
    void remove() throws BackendException {
        if (!leader.isOver()) {
            requireNobody();
            throw new BackendException(
                    "Could not remove " + folder + ": the leader " + leader.pid() + " lives, end it");
        }
        attempt("stop killing", clearing::stop);
        if (!removable.getAsBoolean()) {
            requireNobody();
        } else if (!folder.removeIfEmpty()) {
            requireNobody();
            attempt("remove the groups of", folder::remove);
        }
        if (!groups.removeFurther()) {
            throw new BackendException(
                    "Could not remove " + groups.further() + ": a process has moved itself there, end it");
        }
    }

    private void requireNobody() throws BackendException {
        List<ProcessTree.Node> living;
        try {
            living = TreeNodes.withoutArguments(folder.pids());
        } catch (IOException e) {
            throw refused("look at", e);
        }
        if (!living.isEmpty()) {
            throw new BackendException("Could not remove " + folder + ": still inside are " + living + ", end them");
        }
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
