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
 * @param terms how it is started
 * @param cgroups descriptors of folders, at most 8; of one that kills the group of its tree, the top of the hierarchy
 * @param arguments of the command, the first its name
 * @param environment of the command, {@code name=value}
 * @param paths candidates for the program; of a guard, the name of the manager's folder
 * @param directory to change to
 */
record LaunchRequest(
        Role role,
        int jvm,
        Terms terms,
        List<Integer> cgroups,
        List<byte[]> arguments,
        List<byte[]> environment,
        List<byte[]> paths,
        Optional<byte[]> directory) {

    private static final int MAGIC = 0x51524d50;
    private static final int VERSION = 5;
    private static final int FLAG_NO_NEW_PRIVILEGES = 1;
    private static final int FLAG_NICE = 2;
    private static final int FLAG_OOM_SCORE_ADJ = 4;
    private static final int FLAG_WAIT = 8;
    private static final int FLAG_TREE_GROUP = 16;
    private static final int CGROUP_SLOTS = 8;
    private static final int AFFINITY = 496;
    private static final int BLOB = 504;

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
        ProcessLimits limits = terms.limits();
        out.putInt(channel).putInt(flags());
        out.putInt(limits.nice().orElse(0)).putInt(limits.oomScoreAdj().orElse(0));
        out.putInt(cgroups.size());
        for (int slot = 0; slot < CGROUP_SLOTS; slot++) {
            out.putInt(slot < cgroups.size() ? cgroups.get(slot) : 0);
        }
        out.putInt(limits.resources().size());
        out.putInt(argumentsAt).putInt(arguments.size());
        out.putInt(environmentAt).putInt(environment.size());
        out.putInt(pathsAt).putInt(paths.size());
        out.putInt(directoryAt);
        out.putInt(terms.mostProcesses()).putInt(0);
        for (ProcessLimits.Resource resource : limits.resources()) {
            out.putInt(resource.number()).putInt(0);
            out.putLong(resource.amount()).putLong(resource.amount());
        }
        out.position(AFFINITY);
        out.putLong(limits.affinity().orElse(0));
        out.position(BLOB);
        put(out, arguments);
        put(out, environment);
        put(out, paths);
        directory.ifPresent(bytes -> put(out, List.of(bytes)));
        return out.flip();
    }

    private int flags() {
        return (terms.noNewPrivileges() ? FLAG_NO_NEW_PRIVILEGES : 0)
                | (terms.limits().nice().isPresent() ? FLAG_NICE : 0)
                | (terms.limits().oomScoreAdj().isPresent() ? FLAG_OOM_SCORE_ADJ : 0)
                | (terms.waits() ? FLAG_WAIT : 0)
                | (terms.killsGroup() ? FLAG_TREE_GROUP : 0);
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
