package pm.backend.macos.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.Signal;
import pm.backend.posix.events.OutputPump;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.libc.RawEnvironment;
import pm.backend.posix.libc.SessionSpawn;
import pm.backend.posix.libc.SpawnSystem;
import pm.backend.posix.process.ChildEnvironment;
import pm.backend.posix.process.NativeText;
import pm.backend.posix.process.SearchPath;
import pm.spi.BackendException;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** Starts commands, each in a session of its own. Safe for use by any thread. */
public final class Launching implements AutoCloseable {
    private static final String SHELL = "/bin/sh";

    private final HostSystem system;
    private final OutputPump pump;
    private final int nullDevice;
    private final ChildEnvironment environment = ChildEnvironment.of(RawEnvironment.read());

    private Launching(HostSystem system, OutputPump pump, int nullDevice) {
        this.system = system;
        this.pump = pump;
        this.nullDevice = nullDevice;
    }

    /** Ready to start. */
    public static Launching open(HostSystem system, OutputPump pump) throws BackendException {
        try {
            return new Launching(system, pump, Descriptors.openDevice(Path.of("/dev/null")));
        } catch (LibcException refused) {
            throw new BackendException("Could not prepare to start processes: " + refused.getMessage(), refused);
        }
    }

    /** The null device, to hand on. */
    public int nullDevice() {
        return nullDevice;
    }

    /**
     * A command that was started.
     *
     * @param pid it waits for {@link #resume} where the system has such a state
     */
    record Launched(int pid, StandardStreams.Pipelines pipes) {}

    /**
     * Starts a command.
     *
     * @throws StartException when it does not start; then nothing of it is left
     */
    Launched start(StartRequest request, Limits limits) throws StartException {
        SearchPath path = new SearchPath(environment.get("PATH").orElse(new byte[0]));
        StartFailure failure = new StartFailure(request, path);
        if (request.noNewPrivileges()) {
            throw failure.other(
                    "this system cannot keep set-user-id programs from gaining privileges, start it without");
        }
        failure.unlessContained();
        Optional<Path> directory = request.directory();
        if (directory.isPresent() && !Files.isDirectory(directory.get())) {
            throw failure.other("there is no directory " + directory.get() + " to start it in");
        }
        StandardStreams streams;
        try {
            streams = StandardStreams.open(request, nullDevice);
        } catch (LibcException refused) {
            throw failure.other(refused);
        }
        boolean started = false;
        try {
            int pid = spawn(request, limits, path, failure, streams);
            started = true;
            return new Launched(pid, streams.attach(pump));
        } catch (IllegalArgumentException unfit) {
            throw failure.other(unfit.getMessage());
        } finally {
            streams.closeChildsEnds();
            if (!started) {
                streams.closeOurEnds();
            }
        }
    }

    private int spawn(
            StartRequest request, Limits limits, SearchPath path, StartFailure failure, StandardStreams streams)
            throws StartException {
        ChildEnvironment base = request.inheritEnvironment() ? environment : ChildEnvironment.empty();
        List<byte[]> variables = base.without(request.removed()).with(request.environment()).entries().stream()
                .map(entry -> Arrays.copyOf(entry, entry.length + 1))
                .toList();
        List<String> command = request.command();
        List<byte[]> programs = path.candidates(command.get(0));
        List<String> ulimits = TreeLimits.ulimits(limits);
        if (!ulimits.isEmpty()) {
            Optional<byte[]> program = executable(failure);
            if (program.isPresent()) {
                command = limited(ulimits, command, program.get());
                programs = List.of(NativeText.bytes(SHELL));
            }
        }
        SessionSpawn spawn = new SessionSpawn(
                command.stream().map(NativeText::terminated).toList(),
                variables,
                request.directory().map(NativeText::terminated),
                streams.forChild());
        int pid = first(programs, spawn, failure);
        OptionalLong nice = limits.amount(LimitKind.NICE);
        if (nice.isPresent() && Libc.setPriority(pid, (int) nice.getAsLong()) < 0) {
            LibcException refused = new LibcException("setpriority " + nice.getAsLong(), Libc.errno());
            end(pid);
            throw failure.other(refused);
        }
        return pid;
    }

    /** As execvp(3): the first that can be executed. */
    private static int first(List<byte[]> programs, SessionSpawn spawn, StartFailure failure) throws StartException {
        LibcException last = null;
        for (byte[] program : programs) {
            try {
                return spawn.start(Arrays.copyOf(program, program.length + 1));
            } catch (LibcException refused) {
                boolean denied = last != null && last.errno() == StartFailure.EACCES;
                last = denied ? last : refused;
                if (refused.errno() != StartFailure.ENOENT
                        && refused.errno() != StartFailure.ENOTDIR
                        && refused.errno() != StartFailure.EACCES) {
                    throw failure.of(refused);
                }
            }
        }
        throw failure.of(last);
    }

    private static Optional<byte[]> executable(StartFailure failure) {
        return failure.candidates().stream()
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> NativeText.bytes(file.toAbsolutePath().toString()));
    }

    /** A shell that limits itself and becomes the command: there is no setrlimit(2) for another process. */
    private static List<String> limited(List<String> ulimits, List<String> command, byte[] program) {
        List<String> words = new ArrayList<>(List.of(
                SHELL,
                "-c",
                String.join(" && ", ulimits) + " && exec \"$@\"",
                "sh",
                new String(program, NativeText.CHARSET)));
        words.addAll(command.subList(1, command.size()));
        return words;
    }

    /** Lets a command that was started run. */
    void resume(int pid) {
        if (SpawnSystem.HERE.suspends()) {
            Libc.kill(pid, system.number(Signal.CONT));
        }
    }

    /** Ends a child that was just started, and that nothing else waits for. */
    void end(int pid) {
        Libc.kill(pid, system.number(Signal.KILL));
        try {
            Children.await(pid);
        } catch (LibcException reapedBySystem) {
            // ECHILD, with SIGCHLD ignored: it is gone all the same.
        }
    }

    /** Forgets the null device. Processes that were started go on. */
    @Override
    public void close() {
        Descriptors.close(nullDevice);
    }
}
