package pm.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processes that come from this JVM: its descendants, and whatever carries the marker that the build put into this
 * JVM's environment, since a process that lost its parent is nobody's descendant any more.
 */
final class Processes implements Inventory {
    /** The variable that the build sets for each test JVM; children inherit it. */
    static final String MARKER = "PM_TEST_SESSION";

    private final ProcessHandle self = ProcessHandle.current();
    private final Optional<String> session;

    Processes() {
        this(Optional.ofNullable(System.getenv(MARKER)));
    }

    Processes(Optional<String> session) {
        this.session = session;
    }

    @Override
    public Map<String, String> take() {
        Map<String, String> found = new TreeMap<>();
        Stream.concat(self.descendants(), markedProcesses())
                .filter(process -> process.pid() != self.pid())
                .filter(process -> !isForeignZombie(process))
                .forEach(process -> found.put(identity(process), describe(process)));
        return found;
    }

    private static String identity(ProcessHandle process) {
        return process.pid() + "@"
                + process.info().startInstant().map(Object::toString).orElse("?");
    }

    private static String describe(ProcessHandle process) {
        return "process " + process.pid() + " ("
                + process.info().commandLine().orElseGet(() -> "command unknown, state " + state(process)) + ")";
    }

    private Stream<ProcessHandle> markedProcesses() {
        return session.stream().map(value -> MARKER + "=" + value).flatMap(assignment -> ProcessHandle.allProcesses()
                .filter(process -> carries(process, assignment)));
    }

    private static boolean carries(ProcessHandle process, String assignment) {
        // proc(5): the entries of environ are separated by NUL.
        String environment = "\0" + read(process, "environ") + "\0";
        return environment.contains("\0" + assignment + "\0");
    }

    /** A zombie that another process has to reap is not ours to answer for; a zombie child of this JVM is. */
    private boolean isForeignZombie(ProcessHandle process) {
        return state(process).equals("Z")
                && !hasFurtherThreads(process)
                && process.parent().map(parent -> parent.pid() != self.pid()).orElse(true);
    }

    /** Returns whether other threads than the first are there: then the process lives although the first one's state is that of a zombie. */
    private static boolean hasFurtherThreads(ProcessHandle process) {
        String[] threads = new File("/proc/" + process.pid() + "/task").list();
        return threads != null && threads.length > 1;
    }

    private static String state(ProcessHandle process) {
        String stat = read(process, "stat");
        // proc(5): pid (comm) state …; comm may hold spaces and parentheses, so count from the last one.
        int end = stat.lastIndexOf(')');
        return end < 0 ? "" : stat.substring(end + 2, end + 3);
    }

    /** Under Wine the host's /proc is there, and has other numbers for processes. */
    private static String read(ProcessHandle process, String file) {
        if (File.separatorChar == '\\') {
            return "";
        }
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrNotReadable) {
            return "";
        }
    }
}
