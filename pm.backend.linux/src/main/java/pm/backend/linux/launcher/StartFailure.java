package pm.backend.linux.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.KernelException;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.process.NativeText;
import pm.backend.posix.process.SearchPath;
import pm.spi.BackendException;
import pm.spi.StartException;
import pm.spi.StartException.Kind;
import pm.spi.StartRequest;

/** Says why a command did not start. */
final class StartFailure {
    private final StartRequest request;
    private final String program;
    private final SearchPath searchPath;
    private final ProcessLimits limits;

    StartFailure(StartRequest request, ProcessLimits limits, SearchPath searchPath) {
        this.request = request;
        this.program = request.command().get(0);
        this.limits = limits;
        this.searchPath = searchPath;
    }

    /** A process cannot leave a cgroup or its ancestors by asking, and pm would have to forget one that did. */
    void unlessContained() throws StartException {
        if (request.breakaway()) {
            throw new StartException(
                    Kind.OTHER,
                    "Could not let processes leave the tree of '" + program
                            + "': only Windows has breakaway, leave allowBreakaway out");
        }
    }

    /** What the launcher said. */
    StartException of(int step, int errno) {
        if (Step.EXEC.is(step)) {
            return ofExec(errno);
        }
        if (Step.DIRECTORY.is(step)) {
            return other("cannot change to its directory '"
                    + request.directory().orElseThrow() + "': " + KernelException.reason(errno));
        }
        return other(Step.failure(step) + limits(step) + ": " + KernelException.reason(errno) + hint(step, errno));
    }

    private String limits(int step) {
        if (Step.AFFINITY.is(step)) {
            return " to CPUs " + BitSet.valueOf(new long[] {limits.affinity().orElse(0)});
        }
        return Step.RLIMIT.is(step) ? " of " + limits.resources() : "";
    }

    /** sched_setaffinity(2), EINVAL; setrlimit(2), setpriority(2), proc(5): where a privilege would help. */
    private static String hint(int step, int errno) {
        if (Step.AFFINITY.is(step) && errno == Errno.EINVAL) {
            return ", none of them is there and in the cpuset of this JVM: Cpus_allowed_list in /proc/self/status names"
                    + " some that are";
        }
        if (errno != Errno.EPERM && errno != Errno.EACCES) {
            return "";
        }
        if (Step.RLIMIT.is(step)) {
            return ", a limit above the hard limit of this JVM takes CAP_SYS_RESOURCE, and no more open files than sysctl"
                    + " fs.nr_open are possible";
        }
        if (Step.OOM.is(step)) {
            return ", a value below that of this JVM takes CAP_SYS_RESOURCE";
        }
        return Step.NICE.is(step) ? ", a value below that of this JVM takes CAP_SYS_NICE" : "";
    }

    /** What went wrong on our side. */
    StartException of(LibcException refused) {
        String hint =
                switch (refused.errno()) {
                    case Errno.EMFILE -> ", this JVM has too many open files: raise its limit (ulimit -n)";
                    case Errno.ENFILE -> ", the system has too many open files";
                    case Errno.EAGAIN -> ", the limit of processes of this user or cgroup is reached";
                    case Errno.ETIMEDOUT -> ", see whether its program is on a file system that hangs";
                    default -> "";
                };
        return new StartException(
                Kind.OTHER, "Could not start '" + program + "': " + refused.getMessage() + hint, refused);
    }

    /** What was to be done before refused. */
    StartException other(BackendException refused) {
        return new StartException(Kind.OTHER, "Could not start '" + program + "': " + refused.getMessage(), refused);
    }

    StartException other(String reason) {
        return new StartException(Kind.OTHER, "Could not start '" + program + "': " + reason);
    }

    private StartException ofExec(int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.ENOTDIR, Errno.ENAMETOOLONG, Errno.ELOOP -> notFound(errno);
            case Errno.EACCES -> refused();
            case Errno.EPERM, Errno.ENOEXEC, Errno.EISDIR, Errno.ELIBBAD, Errno.ETXTBSY, Errno.EINVAL ->
                notExecutable(KernelException.reason(errno));
            case Errno.E2BIG -> other("its arguments and environment are too long: " + KernelException.reason(errno));
            default -> other(KernelException.reason(errno));
        };
    }

    private StartException notExecutable(String reason) {
        return new StartException(Kind.NOT_EXECUTABLE, "Could not start '" + program + "': " + reason);
    }

    private StartException refused() {
        if (isLookedUp() && !isThere()) {
            // Some directory of the path cannot be searched; what is sought is not there for us, as for a shell.
            return notInPath();
        }
        return notExecutable(
                isFolder()
                        ? "it is a directory"
                        : KernelException.reason(Errno.EACCES) + ", make it executable (chmod +x)");
    }

    private StartException notFound(int errno) {
        if (errno == Errno.ENOENT && isThere()) {
            return notExecutable("the interpreter that its first line or its format names is missing");
        }
        return isLookedUp()
                ? notInPath()
                : new StartException(
                        Kind.NOT_FOUND, "Could not start '" + program + "': " + KernelException.reason(errno));
    }

    private StartException notInPath() {
        return new StartException(
                Kind.NOT_FOUND, "Could not start '" + program + "': no such file in PATH (" + searchPath + ")");
    }

    private boolean isLookedUp() {
        return program.indexOf('/') < 0 && !program.isEmpty();
    }

    private boolean isThere() {
        return candidates().stream().anyMatch(Files::exists);
    }

    private boolean isFolder() {
        return candidates().stream().anyMatch(Files::isDirectory)
                && candidates().stream().noneMatch(Files::isRegularFile);
    }

    private List<Path> candidates() {
        if (program.isEmpty()) {
            return List.of();
        }
        Path start = request.directory().orElse(Path.of(""));
        List<Path> candidates = new ArrayList<>();
        for (byte[] bytes : searchPath.candidates(program)) {
            try {
                candidates.add(start.resolve(new String(bytes, NativeText.CHARSET)));
            } catch (InvalidPathException notForJava) {
                // A name in another encoding than the JVM's: left out of the explanation, not of the search.
            }
        }
        return candidates;
    }
}
