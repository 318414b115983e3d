package pm.backend.linux.proc;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of {@code /proc}. Processes come and go while they are read: a file that cannot be read is one of a process that is gone, or that
 * the system hides from us (hidepid), and gives an empty answer.
 */
public final class ProcFiles {
    private static final Path PROC = Path.of("/proc");

    private ProcFiles() {}

    /** Every pid there is at the moment. A snapshot: one that is read while processes fork may miss some. */
    public static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, ProcFiles::isProcess)) {
            entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
        } catch (IOException e) {
            throw new IllegalStateException("Could not list /proc: " + e + ", mount it", e);
        }
        return pids;
    }

    private static boolean isProcess(Path entry) {
        return entry.getFileName().toString().chars().allMatch(Character::isDigit);
    }

    /**
     * Returns what the kernel says about a process. A process whose first thread has ended while another lives has state Z in its stat, and no
     * memory: state and resident pages are then those of a thread that lives.
     */
    public static Optional<ProcessStat> stat(long pid) {
        Optional<ProcessStat> whole = stat(pid, "stat");
        return whole.filter(stat -> !stat.isAlive())
                .flatMap(dead -> livingThread(pid).map(dead::withThread))
                .or(() -> whole);
    }

    private static Optional<ProcessStat> livingThread(long pid) {
        return otherThreads(pid)
                .flatMap(thread -> stat(pid, "task/" + thread + "/stat").stream())
                .filter(ProcessStat::isAlive)
                .findFirst();
    }

    private static Optional<ProcessStat> stat(long pid, String file) {
        // Names of programs are bytes without an encoding.
        return text(pid, file, StandardCharsets.ISO_8859_1).map(ProcessStat::parse);
    }

    private static Stream<Long> otherThreads(long pid) {
        return threads(pid).stream().filter(thread -> thread != pid);
    }

    /** Numbers of its threads, the first of them first. */
    static List<Long> threads(long pid) {
        String[] threads = PROC.resolve(pid + "/task").toFile().list();
        return threads == null
                ? List.of()
                : Arrays.stream(threads).map(Long::valueOf).sorted().toList();
    }

    /**
     * Pids of the children of one thread, zombies too.
     *
     * @return empty where the kernel was built without that file
     */
    static List<Long> children(long pid, long thread) {
        return text(pid, "task/" + thread + "/children", StandardCharsets.US_ASCII)
                .map(pids -> Arrays.stream(pids.strip().split(" "))
                        .map(Long::valueOf)
                        .toList())
                .orElse(List.of());
    }

    /** Its arguments joined by spaces, else its name in brackets as ps(1) shows it. */
    public static String commandLine(ProcessStat stat) {
        String joined = textOfMemory(stat.pid(), "cmdline")
                .map(arguments -> arguments.replace('\0', ' ').strip())
                .orElse("");
        return joined.isEmpty() ? "[" + stat.name() + "]" : joined;
    }

    /** Its variables as {@code NAME=value}, as they were when it began; empty when that is none of our business. */
    public static List<String> environment(long pid) {
        return textOfMemory(pid, "environ")
                .map(variables -> List.of(variables.split("\0")))
                .orElse(List.of());
    }

    /** Lines of its control groups, as in cgroups(7). */
    public static List<String> controlGroups(long pid) {
        return text(pid, "cgroup", StandardCharsets.UTF_8)
                .map(lines -> lines.lines().toList())
                .orElse(List.of());
    }

    /** What the kernel reads from the memory of a process: of another thread, when the first has ended and with that has no memory. */
    private static Optional<String> textOfMemory(long pid, String file) {
        return text(pid, file, StandardCharsets.UTF_8).or(() -> otherThreads(pid)
                .flatMap(thread -> text(pid, "task/" + thread + "/" + file, StandardCharsets.UTF_8).stream())
                .findFirst());
    }

    private static Optional<String> text(long pid, String file, Charset charset) {
        try {
            String text = new String(Files.readAllBytes(Path.of("/proc/" + pid + "/" + file)), charset);
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException goneOrHidden) {
            return Optional.empty();
        }
    }
}
