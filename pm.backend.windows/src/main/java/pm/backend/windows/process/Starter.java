package pm.backend.windows.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import pm.backend.windows.commandline.EnvironmentBlock;
import pm.backend.windows.commandline.LongPath;
import pm.backend.windows.commandline.ProgramLookup;
import pm.backend.windows.commandline.RefusedCommandException;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.ProcessCreation;
import pm.backend.windows.kernel.ProcessOrder;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.StartException;
import pm.spi.StartException.Kind;
import pm.spi.StartRequest;

/** Starts commands. Safe for use by any thread. */
public final class Starter {
    private final ProcessCreation creation;
    private final PortLoop output;
    private final String system;

    /**
     * For one session.
     *
     * @param output tells of pipes
     * @param system where Windows has its own programs
     */
    public Starter(ProcessCreation creation, PortLoop output, String system) {
        this.creation = creation;
        this.output = output;
        this.system = system;
    }

    /**
     * Starts a command inside of jobs.
     *
     * @param jobs from the outermost to the innermost
     * @throws StartException when it does not run; then nothing is left of it
     */
    public Started start(StartRequest request, List<Job> jobs) throws StartException {
        String program = request.command().get(0);
        try {
            EnvironmentBlock environment = EnvironmentBlock.of(
                    System.getenv(), request.inheritEnvironment(), request.removed(), request.environment());
            Optional<String> directory = directory(request);
            Target target = Target.of(request.command(), request.directory(), environment, system)
                    .orElseThrow(() -> notFound(request, environment));
            try (StandardStreams streams = streams(request)) {
                return create(request, target, environment, directory, streams, jobs);
            }
        } catch (RefusedCommandException refused) {
            throw new StartException(Kind.OTHER, "Could not start '" + program + "': " + refused.getMessage(), refused);
        } catch (WindowsException refused) {
            throw StartFailure.of(program, refused);
        }
    }

    /** What goes wrong with a file for output is no fault of the program. */
    private static StandardStreams streams(StartRequest request) throws StartException {
        try {
            return StandardStreams.open(request);
        } catch (WindowsException refused) {
            throw new StartException(
                    Kind.OTHER, "Could not start '" + request.command().get(0) + "': " + refused.getMessage(), refused);
        }
    }

    private Started create(
            StartRequest request,
            Target target,
            EnvironmentBlock environment,
            Optional<String> directory,
            StandardStreams streams,
            List<Job> jobs)
            throws WindowsException {
        boolean shared = StandardStreams.leadToOurConsole(request);
        ProcessOrder order = new ProcessOrder(
                target.application(),
                target.commandLine(),
                environment.text(),
                directory,
                streams.forChild(),
                List.of(),
                shared ? ProcessOrder.Console.SHARED : ProcessOrder.Console.OWN);
        // Attached before there is a process that would have to be ended again.
        Pipelines pipelines = streams.attach(output);
        try {
            return new Started(creation.start(order, jobs), pipelines, shared);
        } catch (WindowsException refused) {
            pipelines.close();
            throw refused;
        }
    }

    private static Optional<String> directory(StartRequest request) throws StartException {
        if (request.directory().isEmpty()) {
            return Optional.empty();
        }
        Path folder = request.directory().get().toAbsolutePath().normalize();
        String program = request.command().get(0);
        if (!Files.isDirectory(folder)) {
            throw StartFailure.of(Kind.OTHER, program, "its directory '" + folder + "' is not there, or is none");
        }
        if (LongPath.isTooLongForDirectory(folder.toString())) {
            throw StartFailure.of(
                    Kind.OTHER,
                    program,
                    "its directory '" + folder + "' is longer than Windows lets a process start in");
        }
        return Optional.of(folder.toString());
    }

    private StartException notFound(StartRequest request, EnvironmentBlock environment) {
        String program = request.command().get(0);
        if (Target.isFolder(program, request.directory())) {
            return StartFailure.of(Kind.NOT_EXECUTABLE, program, "it is a directory");
        }
        return StartFailure.of(
                Kind.NOT_FOUND,
                program,
                ProgramLookup.isLookedUp(program)
                        ? "no such program in PATH (" + Target.lookup(environment, system) + ")"
                        : "no such file");
    }
}
