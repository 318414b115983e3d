package pm.backend.macos.darwin;

import java.util.Optional;

/** sysctl(3) KERN_PROCARGS2: of our own user's processes, zombies left out. */
final class ArgumentsCall {
    /** bsd/sys/sysctl.h. */
    private static final int CTL_KERN = 1;

    private static final int KERN_PROCARGS2 = 49;
    /** ARG_MAX, bsd/sys/syslimits.h: no process has more. */
    private static final int MOST = 1024 * 1024;

    private ArgumentsCall() {}

    static Optional<ProcessArguments> read(int pid) {
        byte[] bytes = new byte[MOST];
        long[] size = {MOST};
        int[] name = {CTL_KERN, KERN_PROCARGS2, pid};
        return DarwinLibc.sysctl(name, name.length, bytes, size, null, 0) == 0
                ? ProcessArguments.parse(bytes, Math.toIntExact(size[0]))
                : Optional.empty();
    }
}
