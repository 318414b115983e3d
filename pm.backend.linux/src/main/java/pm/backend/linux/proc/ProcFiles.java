package pm.backend.linux.proc;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of {@code /proc}. Processes come and go while they are read: a file that cannot be read is one of a process that is gone, or that
 * the system hides from us (hidepid), and gives an empty answer.
 */
public final class ProcFiles {
    private static final Path PROC = Path.of("/proc");

    /** Bytes of a command line that are read at most: arguments may take megabytes for each process of a tree (execve(2)). */
    private static final int LONGEST_COMMAND = 4096;

    /** Whether the kernel lists the children of a thread, proc_tid_children(5): it does with CONFIG_PROC_CHILDREN. */
    static final boolean LISTS_CHILDREN = Files.exists(Path.of("/proc/thread-self/children"));

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
     * Returns the pids of the children of a process, zombies too. The kernel may leave out some while others end: a look by these is
     * repeated.
     *
     * @return empty where the kernel was built without that file
     */
    static List<Long> children(long pid) {
        return threads(pid).stream()
                .flatMap(thread -> children(pid, thread).stream())
                .toList();
    }

    private static List<Long> children(long pid, long thread) {
        return text(pid, "task/" + thread + "/children", StandardCharsets.US_ASCII)
                .map(pids -> Arrays.stream(pids.strip().split(" "))
                        .map(Long::valueOf)
                        .toList())
                .orElse(List.of());
    }

    /**
     * Returns its arguments joined by spaces, else its name in brackets as ps(1) shows it. Of long ones only whole arguments at the beginning
     * are shown, followed by an ellipsis: a part of a word that a caller masks would not be recognised.
     */
    public static String commandLine(ProcessStat stat) {
        String joined = memoryFiles(stat.pid(), "cmdline")
                .map(ProcFiles::prefix)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("")
                .replace('\0', ' ')
                .strip();
        return joined.isEmpty() ? "[" + stat.name() + "]" : joined;
    }

    private static String prefix(File file) {
        try (InputStream in = new FileInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST_COMMAND + 1);
            if (bytes.length <= LONGEST_COMMAND) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
            int whole = LONGEST_COMMAND;
            while (whole > 0 && bytes[whole] != 0) {
                whole--;
            }
            return whole == 0 ? "" : new String(bytes, 0, whole, StandardCharsets.UTF_8) + " …";
        } catch (IOException goneOrHidden) {
            return "";
        }
    }

    /**
     * Returns which of some variables it had when it began; none when that is none of our business. Reads the environment, which may be
     * megabytes long, piece by piece.
     *
     * @param variables each {@code NAME=value}
     */
    static Set<String> environment(long pid, Set<String> variables) {
        return memoryFiles(pid, "environ")
                .map(file -> environment(file, variables))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(Set.of());
    }

    private static Set<String> environment(File file, Set<String> variables) {
        Set<String> found = new HashSet<>();
        int longest = variables.stream().mapToInt(String::length).max().orElse(0);
        try (InputStream in = new BufferedInputStream(new FileInputStream(file))) {
            StringBuilder variable = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == 0) {
                    addIfWanted(variable, variables, found);
                    variable.setLength(0);
                } else if (variable.length() <= longest) {
                    variable.append((char) next);
                }
            }
            addIfWanted(variable, variables, found);
        } catch (IOException goneOrHidden) {
            return Set.of();
        }
        return found;
    }

    private static void addIfWanted(StringBuilder variable, Set<String> wanted, Set<String> found) {
        String whole = variable.toString();
        if (wanted.contains(whole)) {
            found.add(whole);
        }
    }

    /** Lines of its control groups, as in cgroups(7). */
    public static List<String> controlGroups(long pid) {
        return text(pid, "cgroup", StandardCharsets.UTF_8)
                .map(lines -> lines.lines().toList())
                .orElse(List.of());
    }

    /** Returns the names of a file that shows the memory of a process: the first thread, when it has ended, has no memory, but the others have. */
    private static Stream<File> memoryFiles(long pid, String name) {
        return Stream.concat(
                Stream.of(new File("/proc/" + pid + "/" + name)),
                Stream.of(pid)
                        .flatMap(ProcFiles::otherThreads)
                        .map(thread -> new File("/proc/" + pid + "/task/" + thread + "/" + name)));
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
