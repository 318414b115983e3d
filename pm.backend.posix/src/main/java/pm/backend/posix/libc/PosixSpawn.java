package pm.backend.posix.libc;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;

/** posix_spawn(3): a child without copying this JVM, and without its environment. */
public final class PosixSpawn {
    /** More than sizeof(posix_spawn_file_actions_t): 80 bytes in glibc and musl, a pointer on macOS. */
    private static final long FILE_ACTIONS_SIZE = 512;

    /**
     * The child gets our descriptor {@code ours} under the number {@code childs}. The same number twice hands it on as it is and
     * clears close-on-exec, in the child only (glibc 2.29, musl 1.1.24 and macOS do so).
     */
    public record Descriptor(int ours, int childs) {
        /** Under its own number. */
        public static Descriptor same(int number) {
            return new Descriptor(number, number);
        }
    }

    private PosixSpawn() {}

    /**
     * Starts a program with an empty environment.
     *
     * @param path of the program, ending with NUL
     * @param arguments each ending with NUL
     * @param descriptors given in this order; one that was given already must not be needed any more under its old number
     * @return the child's pid
     * @throws LibcException when it could not be started; where the system can tell, also when the program could not be executed
     */
    public static int start(byte[] path, List<byte[]> arguments, List<Descriptor> descriptors) throws LibcException {
        long vector = FILE_ACTIONS_SIZE;
        long environment = vector + (arguments.size() + 1L) * Native.POINTER_SIZE;
        long strings = environment + Native.POINTER_SIZE;
        long size =
                strings + arguments.stream().mapToLong(bytes -> bytes.length).sum();
        try (Memory memory = new Memory(size)) {
            memory.clear();
            long slot = vector;
            long string = strings;
            for (byte[] argument : arguments) {
                memory.write(string, argument, 0, argument.length);
                memory.setPointer(slot, memory.share(string));
                slot += Native.POINTER_SIZE;
                string += argument.length;
            }
            check("posix_spawn_file_actions_init", Libc.posix_spawn_file_actions_init(memory));
            try {
                return start(path, memory, memory.share(vector), memory.share(environment), descriptors);
            } finally {
                Libc.posix_spawn_file_actions_destroy(memory);
            }
        }
    }

    private static int start(
            byte[] path, Pointer actions, Pointer arguments, Pointer environment, List<Descriptor> descriptors)
            throws LibcException {
        for (Descriptor descriptor : descriptors) {
            check(
                    "posix_spawn_file_actions_adddup2",
                    Libc.posix_spawn_file_actions_adddup2(actions, descriptor.ours, descriptor.childs));
        }
        int[] pid = new int[1];
        check("posix_spawn", Libc.posix_spawn(pid, path, actions, null, arguments, environment));
        return pid[0];
    }

    /** These functions return their errno instead of setting it. */
    private static void check(String call, int errno) throws LibcException {
        if (errno != 0) {
            throw new LibcException(call, errno);
        }
    }
}
