package pm.backend.linux.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PID namespace of this JVM: pid_namespaces(7). */
public final class PidNamespace {
    private static final Path OURS = Path.of("/proc/self/ns/pid");
    /** PROC_PID_INIT_INO of the kernel's proc_ns.h. */
    private static final String FIRST = "pid:[4026531836]";

    private PidNamespace() {}

    /** Whether it is the first: only there our pids are those that the kernel's log and the host's systemd know. */
    public static boolean isFirst() {
        return isFirst(OURS);
    }

    static boolean isFirst(Path namespace) {
        try {
            return Files.readSymbolicLink(namespace).toString().equals(FIRST);
        } catch (IOException unknown) {
            return false;
        }
    }
}
