package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pm.api.Capabilities;
import pm.api.Cause;
import pm.api.CommandNotExecutableException;
import pm.api.CommandNotFoundException;
import pm.api.ErrorContext;
import pm.api.Limits;
import pm.api.ManagerClosedException;
import pm.api.ProcessEvent;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.SpawnException;
import pm.core.backend.OpenedBackend;
import pm.core.output.Redirection;
import pm.core.output.StandardStreams;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** One start of one process: limits, container, leader. Used once, by one thread; any other may give it up. */
final class Birth implements Scoped {
    private final Surroundings surroundings;
    private final String id;
    private final long number;
    private final ProcessSpec spec;
    private final Owner owner;
    private final long begun;
    private final ErrorContext context;
    private volatile OpenedBackend backend;
    private Cause givenUp;
    private boolean through;

    Birth(Surroundings surroundings, long number, ProcessSpec spec, Owner owner, long begun) {
        this.surroundings = surroundings;
        this.id = "p" + number;
        this.number = number;
        this.spec = spec;
        this.owner = owner;
        this.begun = begun;
        this.context = contextOf(0, Optional.empty());
    }

    /** Whom it is about, before there is a pid. */
    ErrorContext context() {
        return context;
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public boolean isOn(OpenedBackend other) {
        return other.equals(backend);
    }

    /**
     * Nobody waits for it any more: if it goes on after all, what it starts is ended.
     *
     * @return false when it is through already, and what it started is in the books
     */
    synchronized boolean giveUp(Cause cause) {
        givenUp = through ? null : cause;
        return !through;
    }

    /** What it started is in the books. Empty, or the cause for which that must end. */
    private synchronized Optional<Cause> getThrough() {
        through = true;
        return Optional.ofNullable(givenUp);
    }

    /** Starts it and takes it into the books; when that fails, nothing of it goes on. */
    SupervisedProcess on(OpenedBackend chosen, Spawner.Books books, FailedCleanups failed) {
        backend = chosen;
        SupervisedProcess process = enter(chosen, books, failed);
        getThrough().ifPresent(process::endWithScope);
        return process;
    }

    private SupervisedProcess enter(OpenedBackend backend, Spawner.Books books, FailedCleanups failed) {
        Capabilities capabilities = backend.session().capabilities();
        LimitCheck limits = LimitCheck.of(spec.limits(), capabilities, context);
        requireVisibleOutput();
        LimitWatch watch = new LimitWatch();
        Containment containment = contain(backend.session(), limits.accepted(), watch);
        new Journal(context, surroundings.events(), surroundings.debug()).tree("before spawn", List::of);
        Stillborn otherwise = new Stillborn(containment, backend, failed);
        NativeProcess leader = start(containment, otherwise);
        try {
            requireSupervision();
            Instant startTime = Instant.now();
            Journal journal = new Journal(
                    contextOf(leader.pid(), Optional.of(startTime)), surroundings.events(), surroundings.debug());
            journal.spawned(Duration.ofNanos(System.nanoTime() - begun), containment.name());
            limits.warnings().forEach(journal::warn);
            warnOfNoTimeout(journal);
            journal.tree("after spawn", new TreeLook(containment, journal)::members);
            HeldLimits held = new HeldLimits(limits.accepted(), capabilities);
            return books.enter(new Tree(
                    id,
                    number,
                    owner,
                    backend,
                    spec,
                    held,
                    watch,
                    containment,
                    leader,
                    startTime,
                    System.nanoTime(),
                    journal));
        } catch (RuntimeException | Error e) {
            // What runs and is in nobody's books must not go on.
            abandon(otherwise, e);
            throw e;
        }
    }

    /** Nobody is there any more to watch over what starts after its manager was closed, or its backend withdrawn. */
    private synchronized void requireSupervision() {
        if (givenUp != null && givenUp != Cause.OWNER_STOPPED) {
            throw new ManagerClosedException(
                    "Could not start '" + spec.shownCommand().get(0)
                            + "': its start hung until its process manager or backend was closed; it was killed",
                    context);
        }
    }

    private void warnOfNoTimeout(Journal journal) {
        if (spec.isTimeoutDisabled()) {
            journal.warn("The process has no wall clock timeout, as its specification wants: it may run for ever");
        }
    }

    private void requireVisibleOutput() {
        boolean visible = StandardStreams.passThrough(spec.stdout()) || StandardStreams.passThrough(spec.stderr());
        if (spec.idleTimeout().isPresent() && !visible) {
            throw new SpawnException(
                    "Could not watch for idle output: neither standard output nor standard error goes through pm;"
                            + " use pipe, capture or lines for one of them",
                    context);
        }
    }

    private Containment contain(BackendSession session, Limits limits, LimitWatch watch) {
        WordMask mask = WordMask.of(spec);
        try {
            return MaskedContainment.of(
                    session.contain(id, limits, violation -> watch.accept(mask.apply(violation))), mask);
        } catch (BackendException e) {
            throw new SpawnException(
                    "Could not start '" + spec.shownCommand().get(0) + "': " + e.getMessage(), context, e);
        }
    }

    private NativeProcess start(Containment containment, Stillborn otherwise) {
        try {
            return containment.start(request());
        } catch (StartException e) {
            removeEmpty(otherwise, e);
            throw switch (e.kind()) {
                case NOT_FOUND -> new CommandNotFoundException(e.getMessage(), context, e);
                case NOT_EXECUTABLE -> new CommandNotExecutableException(e.getMessage(), context, e);
                case OTHER -> new SpawnException(e.getMessage(), context, e);
            };
        } catch (RuntimeException | Error e) {
            abandon(otherwise, e);
            throw e;
        }
    }

    private void removeEmpty(Stillborn container, Exception reason) {
        try {
            container.removeEmpty();
        } catch (BackendException e) {
            reason.addSuppressed(e);
            surroundings
                    .events()
                    .publish(new ProcessEvent.Warned(
                            context,
                            Instant.now(),
                            e.getMessage() + "; it is tried again, see " + Setting.CLEANUP_INTERVAL.variable()));
        }
    }

    private void abandon(Stillborn container, Throwable reason) {
        try {
            container.end(surroundings.threads());
        } catch (BackendException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private StartRequest request() {
        Map<String, String> environment = new HashMap<>(spec.env());
        environment.put("PM_INSTANCE_ID", surroundings.instanceId());
        environment.put("PM_PROCESS_ID", id);
        Set<String> removed = new HashSet<>(spec.unsetEnv());
        // A manager inside the child must not work in our cgroup or run our launcher.
        removed.add(Setting.CGROUP_ROOT.variable());
        removed.add(Setting.LAUNCHER.variable());
        return new StartRequest(
                spec.command(),
                spec.shownCommand(),
                spec.directory(),
                spec.inheritsEnv(),
                environment,
                removed,
                Redirection.of(spec.stdin()),
                Redirection.of(spec.stdout()),
                Redirection.of(spec.stderr()),
                spec.hasNoNewPrivileges(),
                spec.allowsBreakaway());
    }

    private ErrorContext contextOf(long pid, Optional<Instant> startTime) {
        return new ErrorContext(
                surroundings.instanceId(), id, pid, spec.shownCommand(), startTime, spec.label(), owner.name());
    }
}
