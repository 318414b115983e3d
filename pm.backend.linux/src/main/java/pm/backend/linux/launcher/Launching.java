package pm.backend.linux.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pm.api.ExitStatus;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.MemoryFile;
import pm.backend.linux.kernel.Pipes;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.launcher.LaunchRequest.Role;
import pm.backend.linux.launcher.LauncherMessage.Kind;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.OutputPump;
import pm.backend.posix.libc.Children.Reaped;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.libc.PosixSpawn.Descriptor;
import pm.backend.posix.libc.RawEnvironment;
import pm.backend.posix.process.ChildEnvironment;
import pm.backend.posix.process.WaitStatus;
import pm.spi.BackendException;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** Starts commands and guards by the launcher. Safe for use by any thread. */
public final class Launching implements AutoCloseable {
    private final LauncherBinary binary;
    private final ExitWatcher exits;
    private final OutputPump pump;
    private final int nullDevice;
    private final RequestTemplate template;

    private Launching(LauncherBinary binary, ExitWatcher exits, OutputPump pump, int nullDevice) {
        this.binary = binary;
        this.exits = exits;
        this.pump = pump;
        this.nullDevice = nullDevice;
        this.template = new RequestTemplate(
                Math.toIntExact(ProcessHandle.current().pid()), ChildEnvironment.of(RawEnvironment.read()));
    }

    /**
     * Ready to start. All three must stay open as long as this.
     *
     * @throws BackendException when the null device cannot be opened
     */
    public static Launching open(LauncherBinary binary, ExitWatcher exits, OutputPump pump) throws BackendException {
        try {
            return new Launching(binary, exits, pump, Kernel.open(Path.of("/dev/null"), Kernel.O_RDWR));
        } catch (KernelException refused) {
            throw new BackendException("Could not prepare to start processes: " + refused.getMessage(), refused);
        }
    }

    /**
     * Starts a command as our own child.
     *
     * @param limits for it and every process that descends from it
     * @param cgroups open folders of groups that it is in before it runs; in the first, of version 2, from its birth where the kernel can
     *     do that
     * @return the command, which runs
     * @throws StartException when it does not. If that is because it could not be watched, it may have run for a moment and have left
     *     descendants in its cgroups: kill these
     */
    public Launched exec(StartRequest request, ProcessLimits limits, int... cgroups) throws StartException {
        StartFailure failure = new StartFailure(request, limits, template.searchPath());
        failure.unlessContained();
        try {
            Terms terms = new Terms(request.noNewPrivileges(), limits, 0, false, false);
            Attempt attempt = begin(Role.EXEC, request, terms, cgroups);
            Optional<LauncherMessage> said = attempt.nextMessage();
            boolean born = cgroups.length == 0;
            while (said.isPresent() && said.get().kind() == Kind.BORN) {
                // From the launcher and from who was born: either may be killed before it has said it.
                attempt = born ? attempt : attempt.handedOverTo(said.get().pid());
                born = true;
                said = attempt.nextMessage();
            }
            if (said.isPresent() || !born) {
                throw unstarted(said, attempt.abandon(), failure);
            }
            attempt.succeeded();
            return launched(attempt);
        } catch (LibcException refused) {
            throw failure.of(refused);
        } catch (IllegalArgumentException unfit) {
            throw failure.other(unfit.getMessage());
        }
    }

    private Launched launched(Attempt attempt) throws KernelException {
        try {
            return new Launched(attempt, pump, exits);
        } catch (KernelException unwatched) {
            attempt.streams().closeOurEnds();
            throw unwatched;
        }
    }

    /**
     * Starts a command as the child of a launcher that stays and keeps its tree together.
     *
     * @param listener hears the launcher, maybe before this returns
     * @return its supervisor; the command runs
     * @throws StartException when it does not
     */
    public SupervisorProcess supervise(SuperviseRequest request, SupervisorProcess.Listener listener)
            throws StartException {
        StartFailure failure = new StartFailure(request.command(), request.limits(), template.searchPath());
        failure.unlessContained();
        try {
            Attempt attempt = begin(Role.SUPERVISE, request.command(), request.terms(), request.groups());
            if (request.placement().isPresent()) {
                place(attempt, request.placement().get(), failure);
            }
            Optional<LauncherMessage> first = attempt.nextMessage();
            if (first.isPresent() && first.get().kind() == Kind.STARTED) {
                return supervisor(attempt, first.get().pid(), listener);
            }
            throw unstarted(first, attempt.abandon(), failure);
        } catch (LibcException refused) {
            throw failure.of(refused);
        } catch (IllegalArgumentException unfit) {
            throw failure.other(unfit.getMessage());
        }
    }

    private static StartException unstarted(
            Optional<LauncherMessage> said, Optional<Reaped> end, StartFailure failure) {
        return said.filter(message -> message.kind() == Kind.FAILED)
                .map(failed -> failure.of(failed.value(), failed.error()))
                .orElseGet(() -> failure.other("its launcher ended before the command ran"
                        + end.map(reaped -> WaitStatus.decode(reaped.status()))
                                .map(Launching::explained)
                                .orElse("")));
    }

    private static String explained(ExitStatus end) {
        boolean killed = end instanceof ExitStatus.Signalled signalled && signalled.signal() == Signals.SIGKILL;
        return ", " + end + (killed ? ": somebody killed it, or a limit of memory is too small for it to start" : "");
    }

    /** The launcher waits: whatever goes wrong here, nothing has been started, and it leaves. */
    private static void place(Attempt attempt, SuperviseRequest.Placement placement, StartFailure failure)
            throws StartException, KernelException {
        Optional<LauncherMessage> ready = attempt.nextMessage();
        if (ready.isEmpty() || ready.get().kind() != Kind.READY) {
            throw unstarted(ready, attempt.abandon(), failure);
        }
        boolean placed = false;
        try {
            placement.place(attempt.pid());
            attempt.go();
            placed = true;
        } catch (BackendException refused) {
            throw failure.other(refused);
        } finally {
            if (!placed) {
                attempt.abandon();
            }
        }
    }

    private SupervisorProcess supervisor(Attempt attempt, int command, SupervisorProcess.Listener listener)
            throws KernelException {
        try {
            return new SupervisorProcess(
                    attempt.pid(), attempt.channel(), command, attempt.streams(), pump, exits, listener);
        } catch (KernelException unwatched) {
            attempt.streams().closeOurEnds();
            throw unwatched;
        }
    }

    /**
     * Starts a guard. It is not ready yet: see {@link GuardProcess#ready()}.
     *
     * @param managerFolder the manager's cgroup, with {@code run} and {@code guard} in it, open and locked
     * @param parentFolder the folder that it is in
     * @param returnFolder the cgroup that the guard joins when it leaves
     * @param name of the manager's cgroup in its parent
     * @param further the manager's folders of the same name in other hierarchies, at most 5; removed with what is below, never killed in
     */
    public GuardProcess guard(int managerFolder, int parentFolder, int returnFolder, String name, List<Integer> further)
            throws BackendException {
        List<Integer> folders = new ArrayList<>(List.of(managerFolder, parentFolder, returnFolder));
        folders.addAll(further);
        LaunchRequest request = template.guard(name, folders);
        try {
            Pipes.Ends channel = Pipes.packets();
            int pid = start(request, channel, StandardStreams.discarded(nullDevice));
            return new GuardProcess(pid, channel.near(), exits);
        } catch (LibcException refused) {
            throw new BackendException("Could not start the guard: " + refused.getMessage(), refused);
        }
    }

    private Attempt begin(Role role, StartRequest wanted, Terms terms, int... cgroups) throws LibcException {
        LaunchRequest request = template.command(
                role, wanted, terms, Arrays.stream(cgroups).boxed().toList());
        StandardStreams streams = StandardStreams.open(wanted, nullDevice);
        try {
            Pipes.Ends channel = role == Role.EXEC ? Pipes.toAwait() : Pipes.packets();
            return new Attempt(start(request, channel, streams.forChild()), channel.near(), streams);
        } catch (LibcException refused) {
            streams.closeOurEnds();
            throw refused;
        } finally {
            streams.closeChildsEnds();
        }
    }

    /** Starts the launcher; its end of the channel is closed here in any case, ours only when this fails. */
    private int start(LaunchRequest request, Pipes.Ends channel, List<Descriptor> streams) throws LibcException {
        try {
            int file = MemoryFile.of("pm-request", request.encode(channel.far()));
            try {
                List<Descriptor> descriptors = new ArrayList<>(streams);
                descriptors.add(Descriptor.same(file));
                descriptors.add(Descriptor.same(channel.far()));
                for (int cgroup : request.cgroups()) {
                    descriptors.add(Descriptor.same(cgroup));
                }
                String name = request.role() == Role.GUARD ? LauncherBinary.GUARD_NAME : LauncherBinary.NAME;
                return binary.start(name, Integer.toString(file), descriptors);
            } finally {
                Kernel.close(file);
            }
        } catch (LibcException refused) {
            Kernel.close(channel.near());
            throw refused;
        } finally {
            Kernel.close(channel.far());
        }
    }

    /** Forgets the null device. Processes that were started go on. */
    @Override
    public void close() {
        Kernel.close(nullDevice);
    }
}
