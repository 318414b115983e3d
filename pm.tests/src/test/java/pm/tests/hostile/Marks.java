package pm.tests.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Asks {@code /proc} which processes carry a mark in their arguments, zombies left out. */
public final class Marks {
    private Marks() {}

    /** A number that no other process carries. */
    public static String fresh() {
        return Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 999_999_999_999L));
    }

    /** Who carries it. */
    public static List<Long> alive(String mark) {
        List<Long> found = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        for (long pid : newestFirst()) {
            Path process = Path.of("/proc", Long.toString(pid));
            String command = pid == self ? "" : read(process, "cmdline");
            if (command.contains(mark) && !isZombie(process) && !isJvm(command)) {
                found.add(pid);
            }
        }
        return found;
    }

    /** Where processes replace each other, the newest are those that are still there when they are looked at. */
    private static List<Long> newestFirst() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            processes.forEach(
                    process -> pids.add(Long.parseLong(process.getFileName().toString())));
        } catch (IOException e) {
            throw new IllegalStateException("Could not list /proc: " + e, e);
        }
        pids.sort(Comparator.reverseOrder());
        return pids;
    }

    /** The launchers that are children of this process: its guard, or the supervisors of its trees. */
    public static List<Long> launchersOf(long jvm) {
        return ProcessHandle.of(jvm).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .filter(pid -> isLauncher(read(Path.of("/proc", Long.toString(pid)), "cmdline")))
                .filter(pid -> !isZombie(Path.of("/proc", Long.toString(pid))))
                .toList();
    }

    private static boolean isLauncher(String command) {
        return command.startsWith("pm-launch\0") || command.startsWith("pm-guard\0");
    }

    /** The scenario's own JVM carries the mark in its arguments too. */
    private static boolean isJvm(String command) {
        return command.contains(Marks.class.getPackageName());
    }

    /** Whether there is a process with this id that is more than a zombie. */
    public static boolean lives(long pid) {
        return !isZombie(Path.of("/proc", Long.toString(pid)));
    }

    static boolean isZombie(Path process) {
        String stat = read(process, "stat");
        int end = stat.lastIndexOf(')');
        return end < 0 || stat.charAt(end + 2) == 'Z' || stat.charAt(end + 2) == 'X';
    }

    private static String read(Path process, String file) {
        try {
            return Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }
}
