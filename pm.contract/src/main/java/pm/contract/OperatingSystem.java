package pm.contract;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** What is asked of the operating system, past the backend. */
public final class OperatingSystem {
    /** Wine shows the files of its host to Windows programs, which they tell nothing of. */
    private static final boolean IS_WINDOWS = File.separatorChar == '\\';

    private OperatingSystem() {}

    /** Whether a process lives. A zombie does not: it waits for a parent that may not be ours. */
    public static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
    }

    /** proc(5): pid (comm) state …; comm may hold spaces and parentheses. Where there is no /proc, the JDK knows no zombies. */
    private static boolean isZombie(long pid) {
        if (IS_WINDOWS) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
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
