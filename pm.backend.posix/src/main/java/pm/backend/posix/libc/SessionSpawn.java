package pm.backend.posix.libc;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pm.backend.posix.libc.PosixSpawn.Descriptor;

/**
 * A command for posix_spawn(3) that leads a session of its own, has every signal at its default, and no descriptor but those that it is
 * given.
 *
 * @param arguments each ending with NUL
 * @param environment each ending with NUL
 * @param directory to start in, ending with NUL
 * @param descriptors as for {@link PosixSpawn}; the child's numbers are 0, 1 and 2
 */
public record SessionSpawn(
        List<byte[]> arguments, List<byte[]> environment, Optional<byte[]> directory, List<Descriptor> descriptors) {
    /** More than sizeof(posix_spawn_file_actions_t) and of posix_spawnattr_t (336 bytes in glibc, pointers on macOS), and of sigset_t. */
    private static final int ROOM = 512;

    private static final int FIRST_CLOSED = 3;

    /**
     * Starts it; where {@link SpawnSystem#suspends()} it waits for SIGCONT.
     *
     * @param path of the program, ending with NUL; a relative one begins at the directory
     * @return the child's pid
     * @throws LibcException when it could not be started or executed
     */
    public int start(byte[] path) throws LibcException {
        try (Memory actions = room();
                Memory attributes = room();
                Memory signals = room();
                Vector argv = new Vector(arguments);
                Vector envp = new Vector(environment)) {
            check("posix_spawn_file_actions_init", Libc.posix_spawn_file_actions_init(actions));
            try {
                check("posix_spawnattr_init", Libc.posix_spawnattr_init(attributes));
                try {
                    describe(actions);
                    describe(attributes, signals);
                    int[] pid = new int[1];
                    check(
                            "posix_spawn",
                            Libc.posix_spawn(pid, path, actions, attributes, argv.pointers, envp.pointers));
                    return pid[0];
                } finally {
                    Libc.posix_spawnattr_destroy(attributes);
                }
            } finally {
                Libc.posix_spawn_file_actions_destroy(actions);
            }
        }
    }

    private static Memory room() {
        Memory memory = new Memory(ROOM);
        memory.clear();
        return memory;
    }

    private void describe(Pointer actions) throws LibcException {
        if (directory.isPresent()) {
            check(
                    "posix_spawn_file_actions_addchdir_np",
                    ExtendedSpawn.posix_spawn_file_actions_addchdir_np(actions, directory.get()));
        }
        for (Descriptor descriptor : descriptors) {
            check(
                    "posix_spawn_file_actions_adddup2",
                    Libc.posix_spawn_file_actions_adddup2(actions, descriptor.ours(), descriptor.childs()));
        }
        if (SpawnSystem.HERE.closeOthers() == 0) {
            ExtendedSpawn.closeFrom(actions, FIRST_CLOSED);
        }
    }

    private static void describe(Pointer attributes, Pointer signals) throws LibcException {
        Libc.sigfillset(signals);
        check("posix_spawnattr_setsigdefault", Libc.posix_spawnattr_setsigdefault(attributes, signals));
        Libc.sigemptyset(signals);
        check("posix_spawnattr_setsigmask", Libc.posix_spawnattr_setsigmask(attributes, signals));
        check("posix_spawnattr_setflags", Libc.posix_spawnattr_setflags(attributes, SpawnSystem.HERE.flags()));
    }

    /** These functions return their errno instead of setting it. */
    static void check(String call, int errno) throws LibcException {
        if (errno != 0) {
            throw new LibcException(call, errno);
        }
    }

    /** A NULL-terminated array of strings. */
    private static final class Vector implements AutoCloseable {
        private final List<Memory> strings = new ArrayList<>();
        private final Memory pointers;

        Vector(List<byte[]> texts) {
            pointers = new Memory((texts.size() + 1L) * Native.POINTER_SIZE);
            pointers.clear();
            for (byte[] text : texts) {
                Memory string = new Memory(text.length);
                string.write(0, text, 0, text.length);
                pointers.setPointer((long) strings.size() * Native.POINTER_SIZE, string);
                strings.add(string);
            }
        }

        @Override
        public void close() {
            strings.forEach(Memory::close);
            pointers.close();
        }
    }
}
