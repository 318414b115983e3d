package pm.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flock(2) locks that the kernel lists in {@code /proc/locks}. */
final class FolderLocks {
    // proc(5): 1: FLOCK  ADVISORY  WRITE 708 08:01:13548 0 EOF (device numbers in hexadecimal)
    private static final Pattern LINE =
            Pattern.compile("\\d+: FLOCK +\\w+ +\\w+ +(-?\\d+) +(\\p{XDigit}+):(\\p{XDigit}+):(\\d+) .*");

    private final List<Lock> locks;

    private FolderLocks(List<Lock> locks) {
        this.locks = locks;
    }

    static FolderLocks read() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/locks")));
        } catch (NoSuchFileException otherSystem) {
            return parse(List.of());
        } catch (IOException e) {
            throw new IllegalStateException("Could not read /proc/locks: " + e, e);
        }
    }

    static FolderLocks parse(List<String> lines) {
        List<Lock> locks = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                locks.add(new Lock(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2), 16),
                        Long.parseLong(matcher.group(3), 16),
                        Long.parseLong(matcher.group(4))));
            }
        }
        return new FolderLocks(locks);
    }

    /** Whether a process other than this JVM and its descendants holds a lock on the folder. */
    boolean isHeldElsewhere(Path folder) throws IOException {
        long inode;
        long device;
        try {
            inode = ((Number) Files.getAttribute(folder, "unix:ino")).longValue();
            device = ((Number) Files.getAttribute(folder, "unix:dev")).longValue();
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
        return locks.stream().anyMatch(lock -> lock.isOn(device, inode) && !isOurs(lock.pid()));
    }

    private static boolean isOurs(long pid) {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() == pid || self.descendants().anyMatch(process -> process.pid() == pid);
    }

    private record Lock(long pid, long major, long minor, long inode) {
        boolean isOn(long device, long otherInode) {
            // makedev(3) in glibc: the low eight bits of the minor number, twelve bits of the major, the rest.
            long deviceMajor = (device >> 8) & 0xfff;
            long deviceMinor = (device & 0xff) | ((device >> 12) & 0xfff00);
            return inode == otherInode && major == deviceMajor && minor == deviceMinor;
        }
    }
}
