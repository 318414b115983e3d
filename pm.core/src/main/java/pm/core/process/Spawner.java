package pm.core.process;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import pm.api.ErrorContext;
import pm.api.ManagerClosedException;
import pm.api.ProcessEvent;
import pm.api.ProcessManagerException;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.TooManyProcessesException;
import pm.core.backend.Backends;
import pm.core.backend.OpenedBackend;

/** Goes the way of one spawn, in the caller's thread: admission, birth, books. Safe for use by any thread. */
final class Spawner {
    /** How a tree is taken into the books. */
    interface Books {
        /** Called once the program runs, before anything is heard of its end. */
        SupervisedProcess enter(Tree tree);
    }

    private final Surroundings surroundings;
    private final Backends backends;
    private final Admission admission;
    private final Books books;
    private final FailedCleanups failed;
    private final Starts starts;
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean shutsDown;

    Spawner(
            Surroundings surroundings,
            Backends backends,
            Admission admission,
            Starts starts,
            Books books,
            FailedCleanups failed) {
        this.surroundings = surroundings;
        this.backends = backends;
        this.admission = admission;
        this.starts = starts;
        this.books = books;
        this.failed = failed;
    }

    /** See {@link pm.api.ProcessManager#spawn}; on somebody's behalf. */
    SupervisedProcess spawn(ProcessSpec spec, Owner owner) {
        long begun = System.nanoTime();
        long number = numbers.incrementAndGet();
        Birth birth = new Birth(surroundings, number, spec, owner, begun);
        try {
            admit(owner, birth.context());
            boolean started = false;
            try {
                SupervisedProcess process = start(birth);
                started = true;
                admission.started();
                return process;
            } finally {
                if (!started) {
                    admission.failed();
                }
                owner.gate().leave();
            }
        } catch (ProcessManagerException e) {
            surroundings
                    .events()
                    .publish(new ProcessEvent.SpawnFailed(
                            birth.context(), Instant.now(), e.getClass().getSimpleName(), e.getMessage()));
            throw e;
        }
    }

    private void admit(Owner owner, ErrorContext context) {
        if (!owner.gate().enter()) {
            throw new ManagerClosedException(
                    "Could not start a process: " + owner.name().orElse("its owner") + " was stopped", context);
        }
        Admission.Answer answer = admission.enter();
        if (answer != Admission.Answer.ADMITTED) {
            owner.gate().leave();
        }
        switch (answer) {
            case ADMITTED -> {}
            case FULL ->
                throw new TooManyProcessesException(
                        "Could not start a process: " + admission.places()
                                + " are active, which is the maximum; try again when one has ended, or raise "
                                + Setting.MAX_PROCESSES.variable(),
                        context);
            case CLOSED ->
                throw new ManagerClosedException(
                        "Could not start '" + context.command().get(0) + "': " + whyClosed(), context);
        }
    }

    /** From now on the reason of refusals is the shutdown of the JVM. */
    void refuseForShutdown() {
        shutsDown = true;
    }

    private String whyClosed() {
        if (!shutsDown) {
            return "the process manager is closed; start it before close(), or open another manager";
        }
        String caller = Setting.SHUTDOWN.variable() + "=caller";
        return surroundings
                        .settings()
                        .text(Setting.SHUTDOWN)
                        .filter("caller"::equals)
                        .isPresent()
                ? "the JVM shuts down, and with " + caller
                        + " only what runs goes on; take no new work during the shutdown, and close the manager when"
                        + " the work in flight is done"
                : "the JVM shuts down, and the shutdown hook of the process manager ends all trees; start it before the"
                        + " shutdown begins, and to let work in flight end by itself set " + caller
                        + " and close the manager afterwards";
    }

    private SupervisedProcess start(Birth birth) {
        OpenedBackend backend = backends.enter();
        starts.begin(birth);
        try {
            return birth.on(backend, books, failed);
        } finally {
            starts.end(birth);
            backend.gate().leave();
        }
    }
}
