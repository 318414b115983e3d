package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import pm.api.Capabilities;
import pm.api.CommandNotExecutableException;
import pm.api.CommandNotFoundException;
import pm.api.ErrorContext;
import pm.api.Limits;
import pm.api.ManagerClosedException;
import pm.api.ProcessEvent;
import pm.api.ProcessManagerException;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.SpawnException;
import pm.api.TooManyProcessesException;
import pm.core.output.Redirection;
import pm.core.output.StandardStreams;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** Goes the way of one spawn, in the caller's thread: admission, limits, container, start, supervision. Safe for use by any thread. */
final class Spawner {
    /** How a tree is taken into the books. */
    interface Books {
        /** Called once the program runs, before anything is heard of its end. */
        SupervisedProcess enter(Tree tree);
    }

    private final Surroundings surroundings;
    private final BackendSession session;
    private final Admission admission;
    private final Books books;
    private final AtomicLong numbers = new AtomicLong();

    Spawner(Surroundings surroundings, BackendSession session, Admission admission, Books books) {
        this.surroundings = surroundings;
        this.session = session;
        this.admission = admission;
        this.books = books;
    }

    /** See {@link pm.api.ProcessManager#spawn}. */
    SupervisedProcess spawn(ProcessSpec spec) {
        long begun = System.nanoTime();
        long number = numbers.incrementAndGet();
        String id = "p" + number;
        ErrorContext unborn = context(id, 0, spec, Optional.empty());
        try {
            admit(unborn);
            boolean started = false;
            try {
                SupervisedProcess process = start(id, number, spec, unborn, begun);
                started = true;
                admission.started();
                return process;
            } finally {
                if (!started) {
                    admission.failed();
                }
            }
        } catch (ProcessManagerException e) {
            surroundings
                    .events()
                    .publish(new ProcessEvent.SpawnFailed(
                            unborn, Instant.now(), e.getClass().getSimpleName(), e.getMessage()));
            throw e;
        }
    }

    private void admit(ErrorContext context) {
        switch (admission.enter()) {
            case ADMITTED -> {}
            case FULL ->
                throw new TooManyProcessesException(
                        "Could not start a process: " + admission.places()
                                + " are active, which is the maximum; try again when one has ended, or raise "
                                + Setting.MAX_PROCESSES.variable(),
                        context);
            case CLOSED ->
                throw new ManagerClosedException(
                        "Could not start a process: the process manager is closed, or the JVM shuts down", context);
        }
    }

    private SupervisedProcess start(String id, long number, ProcessSpec spec, ErrorContext unborn, long begun) {
        Capabilities capabilities = session.capabilities();
        LimitCheck limits = LimitCheck.of(spec.limits(), capabilities, unborn);
        requireVisibleOutput(spec, unborn);
        LimitWatch watch = new LimitWatch();
        Containment containment = contain(id, limits.accepted(), watch, spec, unborn);
        new Journal(unborn, surroundings.events(), surroundings.debug()).tree("before spawn", List::of);
        NativeProcess leader = start(containment, request(id, spec), unborn);
        try {
            Instant startTime = Instant.now();
            Journal journal = new Journal(
                    context(id, leader.pid(), spec, Optional.of(startTime)),
                    surroundings.events(),
                    surroundings.debug());
            journal.spawned(Duration.ofNanos(System.nanoTime() - begun), containment.name());
            limits.warnings().forEach(journal::warn);
            warnOfNoTimeout(spec, journal);
            journal.tree("after spawn", new TreeLook(containment, journal)::members);
            HeldLimits held = new HeldLimits(limits.accepted(), capabilities);
            return books.enter(new Tree(
                    id, number, spec, held, watch, containment, leader, startTime, System.nanoTime(), journal));
        } catch (RuntimeException | Error e) {
            // What runs and is in nobody's books must not go on.
            abandon(containment, e);
            throw e;
        }
    }

    private static void warnOfNoTimeout(ProcessSpec spec, Journal journal) {
        if (spec.isTimeoutDisabled()) {
            journal.warn("The process has no wall clock timeout, as its specification wants: it may run for ever");
        }
    }

    private static void requireVisibleOutput(ProcessSpec spec, ErrorContext context) {
        boolean visible = StandardStreams.passThrough(spec.stdout()) || StandardStreams.passThrough(spec.stderr());
        if (spec.idleTimeout().isPresent() && !visible) {
            throw new SpawnException(
                    "Could not watch for idle output: neither standard output nor standard error goes through pm;"
                            + " use pipe, capture or lines for one of them",
                    context);
        }
    }

    private Containment contain(String id, Limits limits, LimitWatch watch, ProcessSpec spec, ErrorContext context) {
        WordMask mask = WordMask.of(spec);
        try {
            return MaskedContainment.of(
                    session.contain(id, limits, violation -> watch.accept(mask.apply(violation))), mask);
        } catch (BackendException e) {
            throw new SpawnException(
                    "Could not start '" + spec.shownCommand().get(0) + "': " + e.getMessage(), context, e);
        }
    }

    private NativeProcess start(Containment containment, StartRequest request, ErrorContext context) {
        try {
            return containment.start(request);
        } catch (StartException e) {
            removeEmpty(containment, e, context);
            throw switch (e.kind()) {
                case NOT_FOUND -> new CommandNotFoundException(e.getMessage(), context, e);
                case NOT_EXECUTABLE -> new CommandNotExecutableException(e.getMessage(), context, e);
                case OTHER -> new SpawnException(e.getMessage(), context, e);
            };
        } catch (RuntimeException | Error e) {
            abandon(containment, e);
            throw e;
        }
    }

    private void removeEmpty(Containment containment, Exception reason, ErrorContext context) {
        try {
            containment.close();
        } catch (BackendException e) {
            reason.addSuppressed(e);
            surroundings
                    .events()
                    .publish(new ProcessEvent.Warned(
                            context, Instant.now(), e.getMessage() + "; it is tried again with the leftovers"));
        }
    }

    private static void abandon(Containment containment, Throwable reason) {
        try {
            containment.kill();
        } catch (BackendException e) {
            reason.addSuppressed(e);
        }
    }

    private StartRequest request(String id, ProcessSpec spec) {
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
                spec.hasNoNewPrivileges());
    }

    private ErrorContext context(String id, long pid, ProcessSpec spec, Optional<Instant> startTime) {
        return new ErrorContext(surroundings.instanceId(), id, pid, spec.shownCommand(), startTime, spec.label());
    }
}
