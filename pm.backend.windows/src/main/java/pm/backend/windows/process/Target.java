package pm.backend.windows.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import pm.backend.windows.commandline.BatchFile;
import pm.backend.windows.commandline.CommandLine;
import pm.backend.windows.commandline.EnvironmentBlock;
import pm.backend.windows.commandline.LongPath;
import pm.backend.windows.commandline.ProgramLookup;
import pm.backend.windows.commandline.RefusedCommandException;

/**
 * The file that a command means, and the line that starts it.
 *
 * @param application path of the file to start
 * @param commandLine as it reads it
 */
record Target(String application, String commandLine) {
    /**
     * Looks for it: a path is seen from the directory in which the command is to start, a name is looked for in the command's PATH.
     *
     * @param system where Windows has its own programs
     * @return empty when there is no such file
     */
    static Optional<Target> of(
            List<String> command, Optional<Path> directory, EnvironmentBlock environment, String system)
            throws RefusedCommandException {
        Optional<String> file = find(command.get(0), directory, environment, system);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        if (BatchFile.is(file.get())) {
            String interpreter = system + "\\cmd.exe";
            List<String> arguments = command.subList(1, command.size());
            return Optional.of(new Target(interpreter, BatchFile.commandLine(interpreter, file.get(), arguments)));
        }
        return Optional.of(new Target(LongPath.of(file.get()), CommandLine.of(command)));
    }

    private static Optional<String> find(
            String program, Optional<Path> directory, EnvironmentBlock environment, String system) {
        ProgramLookup lookup = lookup(environment, system);
        try {
            if (ProgramLookup.isLookedUp(program)) {
                return lookup.inPath(program);
            }
            Path start = directory.orElse(Path.of("")).toAbsolutePath();
            return program.isEmpty()
                    ? Optional.empty()
                    : lookup.at(start.resolve(program).normalize().toString());
        } catch (InvalidPathException noSuchName) {
            return Optional.empty();
        }
    }

    static ProgramLookup lookup(EnvironmentBlock environment, String system) {
        return new ProgramLookup(
                environment.get("PATH"), environment.get("PATHEXT"), system, path -> new File(path).isFile());
    }

    /** Whether the command names a folder. */
    static boolean isFolder(String program, Optional<Path> directory) {
        try {
            return !program.isEmpty()
                    && !ProgramLookup.isLookedUp(program)
                    && Files.isDirectory(directory.orElse(Path.of("")).resolve(program));
        } catch (InvalidPathException noSuchName) {
            return false;
        }
    }
}
