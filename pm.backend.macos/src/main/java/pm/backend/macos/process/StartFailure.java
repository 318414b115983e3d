package pm.backend.macos.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.process.NativeText;
import pm.backend.posix.process.SearchPath;
import pm.spi.StartException;
import pm.spi.StartException.Kind;
import pm.spi.StartRequest;

/** Why a command did not start, in words: posix_spawn(3) tells one errno for all of its steps. */
final class StartFailure {
    /** errno.h, the same on Linux and macOS. */
    static final int ENOENT = 2;

    static final int ENOTDIR = 20;
    static final int EACCES = 13;
    private static final int E2BIG = 7;
    private static final int ENOMEM = 12;
    private static final int EMFILE = 24;
    private static final int ENFILE = 23;

    private final StartRequest request;
    private final SearchPath path;
    private final String program;

    StartFailure(StartRequest request, SearchPath path) {
        this.request = request;
        this.path = path;
        this.program = request.shownCommand().get(0);
    }

    /** Nothing lets a process leave what it is tracked by, and pm would have to forget one that did. */
    void unlessContained() throws StartException {
        if (request.breakaway()) {
            throw new StartException(
                    Kind.OTHER,
                    "Could not let processes leave the tree of '" + program
                            + "': only Windows has breakaway, leave allowBreakaway out");
        }
    }

    StartException other(String reason) {
        return new StartException(Kind.OTHER, "Could not start '" + program + "': " + reason);
    }

    /** Of a step before the program was executed. */
    StartException other(LibcException refused) {
        return new StartException(Kind.OTHER, "Could not start '" + program + "': " + refused.getMessage(), refused);
    }

    /** Of posix_spawn. */
    StartException of(LibcException refused) {
        int errno = refused.errno();
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == E2BIG) {
            return other(refused);
        }
        List<Path> there = candidates().stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            return new StartException(
                    Kind.NOT_FOUND,
                    "Could not start '" + program + "': "
                            + (isLookedUp() ? "no such file in PATH (" + path + ")" : "no such file or directory"),
                    refused);
        }
        return new StartException(
                Kind.NOT_EXECUTABLE, "Could not start '" + program + "': " + why(there, errno), refused);
    }

    private static String why(List<Path> there, int errno) {
        if (there.stream().allMatch(Files::isDirectory)) {
            return "it is a directory";
        }
        if (errno == EACCES) {
            return "permission denied, make it executable (chmod +x)";
        }
        if (errno == ENOENT) {
            return "the interpreter that its first line or its format names is missing";
        }
        return "the system cannot execute it, errno " + errno;
    }

    private boolean isLookedUp() {
        return request.command().get(0).indexOf('/') < 0
                && !request.command().get(0).isEmpty();
    }

    /** The files that may be meant. */
    List<Path> candidates() {
        String sought = request.command().get(0);
        List<Path> candidates = new ArrayList<>();
        if (sought.isEmpty()) {
            return candidates;
        }
        Path start = request.directory().orElse(Path.of(""));
        for (byte[] bytes : path.candidates(sought)) {
            try {
                candidates.add(start.resolve(new String(bytes, NativeText.CHARSET)));
            } catch (InvalidPathException notForJava) {
                // A name in another encoding than the JVM's: left out of the explanation, not of the search.
            }
        }
        return candidates;
    }
}
