package pm.backend.linux.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/** Requests of tests: input discarded and output piped unless said otherwise. */
public final class Requests {
    private static final StartRequest PLAIN = new StartRequest(
            List.of("true"),
            List.of("true"),
            Optional.empty(),
            true,
            Workbench.MARKS,
            Set.of(),
            new Stream.Discarded(),
            new Stream.Piped(),
            new Stream.Piped(),
            false,
            false);

    private Requests() {}

    public static StartRequest of(String... command) {
        return with(PLAIN, List.of(command), PLAIN.directory(), true, Map.of(), Set.of());
    }

    public static StartRequest shell(String script) {
        return of("sh", "-c", script);
    }

    /** Nothing of it is read or written by us. */
    public static StartRequest quietShell(String script) {
        return streams(shell(script), new Stream.Discarded(), new Stream.Discarded(), new Stream.Discarded());
    }

    public static StartRequest in(Path directory, StartRequest request) {
        return with(request, request.command(), Optional.of(directory), true, Map.of(), Set.of());
    }

    public static StartRequest environment(
            boolean inherited, Map<String, String> added, Set<String> removed, StartRequest request) {
        return with(request, request.command(), request.directory(), inherited, added, removed);
    }

    public static StartRequest streams(StartRequest request, Stream in, Stream out, Stream error) {
        return new StartRequest(
                request.command(),
                request.shownCommand(),
                request.directory(),
                request.inheritEnvironment(),
                request.environment(),
                request.removed(),
                in,
                out,
                error,
                request.noNewPrivileges(),
                request.breakaway());
    }

    /** Its processes may leave the tree. */
    public static StartRequest breakaway(StartRequest request) {
        return new StartRequest(
                request.command(),
                request.shownCommand(),
                request.directory(),
                request.inheritEnvironment(),
                request.environment(),
                request.removed(),
                request.stdin(),
                request.stdout(),
                request.stderr(),
                request.noNewPrivileges(),
                true);
    }

    private static StartRequest with(
            StartRequest request,
            List<String> command,
            Optional<Path> directory,
            boolean inherited,
            Map<String, String> added,
            Set<String> removed) {
        Map<String, String> environment = new HashMap<>(Workbench.MARKS);
        environment.putAll(added);
        return new StartRequest(
                command,
                command,
                directory,
                inherited,
                environment,
                removed,
                request.stdin(),
                request.stdout(),
                request.stderr(),
                request.noNewPrivileges(),
                request.breakaway());
    }
}
