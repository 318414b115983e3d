package pm.contract;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/** What is asked of the operating system, past the backend. */
public final class OperatingSystem {
    /** Wine shows the files of its host to Windows programs, which they tell nothing of. */
    private static final boolean IS_WINDOWS = File.separatorChar == '\\';

    private OperatingSystem() {}

    /** Returns whether a process lives. A zombie does not: it waits for a parent that may not be ours. */
    public static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
    }

    /** Returns whether all threads of a process have ended: when only the first has, its stat says zombie too. Where there is no /proc, the JDK knows no zombies. */
    private static boolean isZombie(long pid) {
        if (IS_WINDOWS || !hasEnded(Path.of("/proc", Long.toString(pid)))) {
            return false;
        }
        File[] threads = new File("/proc/" + pid + "/task").listFiles();
        return threads == null || Arrays.stream(threads).allMatch(thread -> hasEnded(thread.toPath()));
    }

    /** proc(5): pid (comm) state …; comm may hold spaces and parentheses. */
    private static boolean hasEnded(Path task) {
        try {
            String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException goneOrNoSuchFolder) {
            return false;
        }
    }

    /** How many descriptors this JVM has open; empty where that cannot be asked. */
    public static OptionalInt openDescriptors() {
        String[] descriptors = IS_WINDOWS ? null : new File("/dev/fd").list();
        return descriptors == null ? OptionalInt.empty() : OptionalInt.of(descriptors.length);
    }
}
