package pm.backend.windows.kernel;

import java.util.List;
import java.util.Optional;

/**
 * What CreateProcessW is to start.
 *
 * @param application the file
 * @param commandLine as the program will read it, its own name first
 * @param environment the block: see CreateProcessW, lpEnvironment
 * @param directory to start in, empty for ours
 * @param streams the three standard streams
 * @param further handles beside them that it inherits
 * @param console which one it gets
 */
public record ProcessOrder(
        String application,
        String commandLine,
        String environment,
        Optional<String> directory,
        List<Handle> streams,
        List<Handle> further,
        Console console) {
    private static final int CREATE_NEW_PROCESS_GROUP = 0x200;
    private static final int DETACHED_PROCESS = 0x8;
    private static final int CREATE_NO_WINDOW = 0x08000000;

    /** The console of a new process (processthreadsapi.h, creation flags). */
    public enum Console {
        /** One of its own, without a window. */
        OWN(CREATE_NO_WINDOW),
        /** Ours, in a process group of its own: Ctrl-C at our keyboard does not reach it. */
        SHARED(CREATE_NEW_PROCESS_GROUP),
        /** None. */
        NONE(DETACHED_PROCESS);

        private final int flags;

        Console(int flags) {
            this.flags = flags;
        }

        int flags() {
            return flags;
        }
    }
}
