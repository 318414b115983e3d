package pm.backend.linux.launcher;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.KernelException;

/**
 * What the launcher is asked to do; laid out as PROTOCOL.md says, beside the launcher's source.
 *
 * @param role what it shall be
 * @param jvm our pid
 * @param noNewPrivileges whether the command may gain privileges by executing
 * @param cgroups descriptors of folders, at most 8
 * @param arguments of the command, the first its name
 * @param environment of the command, {@code name=value}
 * @param paths candidates for the program; of a guard, the name of the manager's folder
 * @param directory to change to
 */
record LaunchRequest(
        Role role,
        int jvm,
        boolean noNewPrivileges,
        List<Integer> cgroups,
        List<byte[]> arguments,
        List<byte[]> environment,
        List<byte[]> paths,
        Optional<byte[]> directory) {

    private static final int MAGIC = 0x51524d50;
    private static final int VERSION = 1;
    private static final int FLAG_NO_NEW_PRIVILEGES = 1;
    private static final int CGROUP_SLOTS = 8;
    private static final int RLIMIT_SLOTS = 16;
    private static final int RLIMIT_SIZE = 24;
    private static final int BLOB = 488;

    /** What a launcher shall be; numbered by the protocol. */
    enum Role {
        EXEC(1),
        SUPERVISE(2),
        GUARD(3);

        private final int number;

        Role(int number) {
            this.number = number;
        }
    }

    /**
     * As bytes.
     *
     * @param channel the launcher's end of the pipe or socket to us
     * @throws KernelException with E2BIG when it is longer than 2 GB
     */
    ByteBuffer encode(int channel) throws KernelException {
        long size = BLOB + size(arguments) + size(environment) + size(paths);
        size += directory.map(bytes -> bytes.length + 1).orElse(0);
        if (size > Integer.MAX_VALUE) {
            throw new KernelException("encode arguments and environment", Errno.E2BIG);
        }
        // Direct: handed to the kernel without a copy.
        ByteBuffer out = ByteBuffer.allocateDirect((int) size).order(ByteOrder.nativeOrder());
        int argumentsAt = BLOB;
        int environmentAt = argumentsAt + (int) size(arguments);
        int pathsAt = environmentAt + (int) size(environment);
        int directoryAt = directory.isPresent() ? pathsAt + (int) size(paths) : 0;
        out.putInt(MAGIC).putInt(VERSION).putInt((int) size).putInt(role.number).putInt(jvm);
        out.putInt(channel).putInt(noNewPrivileges ? FLAG_NO_NEW_PRIVILEGES : 0);
        // No nice value and no oom_score_adj: their flags are not set.
        out.putInt(0).putInt(0).putInt(cgroups.size());
        for (int slot = 0; slot < CGROUP_SLOTS; slot++) {
            out.putInt(slot < cgroups.size() ? cgroups.get(slot) : 0);
        }
        // No resource limits.
        out.putInt(0);
        out.putInt(argumentsAt).putInt(arguments.size());
        out.putInt(environmentAt).putInt(environment.size());
        out.putInt(pathsAt).putInt(paths.size());
        out.putInt(directoryAt);
        out.position(out.position() + RLIMIT_SLOTS * RLIMIT_SIZE);
        put(out, arguments);
        put(out, environment);
        put(out, paths);
        directory.ifPresent(bytes -> put(out, List.of(bytes)));
        return out.flip();
    }

    private static long size(List<byte[]> strings) {
        return strings.stream().mapToLong(bytes -> bytes.length + 1).sum();
    }

    private static void put(ByteBuffer out, List<byte[]> strings) {
        for (byte[] string : strings) {
            out.put(string).put((byte) 0);
        }
    }
}
