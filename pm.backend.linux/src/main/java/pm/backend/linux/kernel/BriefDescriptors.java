package pm.backend.linux.kernel;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Descriptors that are used for a moment to end a tree, also when this JVM or the system has none left: then one of a few that are kept in
 * reserve, while a session is open, is given up for it and regained afterwards. Regained by dup3(2), which no other thread can come between.
 * Safe for use by any thread.
 */
public final class BriefDescriptors {
    /** One that is always kept, of which the others are copies, and one for each thread that ends trees at the same time. */
    private static final int RESERVE = 6;

    private static final Path NOTHING = Path.of("/dev/null");

    private static final int[] RESERVED = new int[RESERVE];
    private static final Set<Integer> BORROWED = new HashSet<>();
    private static int reserved;
    private static int users;

    private BriefDescriptors() {}

    /** Opens a descriptor. */
    public interface Opening {
        /**
         * Opens it now.
         *
         * @throws KernelException when that is refused
         */
        int open() throws KernelException;
    }

    /** Takes the reserve, as far as there are descriptors; to be called when a session opens. */
    public static synchronized void begin() {
        users++;
        fill();
    }

    /** Gives the reserve up when no other session is open. */
    public static synchronized void end() {
        users--;
        if (users == 0) {
            while (reserved > 0) {
                reserved--;
                Kernel.close(RESERVED[reserved]);
            }
        }
    }

    /** Takes what is missing of the reserve, when there are descriptors again. */
    private static void fill() {
        try {
            while (reserved < RESERVE) {
                RESERVED[reserved] = Kernel.open(NOTHING, Kernel.O_RDONLY);
                reserved++;
            }
        } catch (KernelException none) {
            // The next session tries again; until then there is less in reserve.
            return;
        }
    }

    /** Opens a file; to be closed by {@link #close}. */
    public static int open(Path path, int flags) throws KernelException {
        return open(() -> Kernel.open(path, flags));
    }

    /**
     * Opens a descriptor, with one of the reserve when there is no other; to be closed by {@link #close}.
     *
     * @throws KernelException when it is refused for another reason, or the reserve is used up
     */
    public static int open(Opening opening) throws KernelException {
        try {
            return opening.open();
        } catch (KernelException refused) {
            if (!isShortage(refused)) {
                throw refused;
            }
            return borrow(opening, refused);
        }
    }

    private static synchronized int borrow(Opening opening, KernelException shortage) throws KernelException {
        while (reserved > 1) {
            reserved--;
            Kernel.close(RESERVED[reserved]);
            try {
                int descriptor = opening.open();
                BORROWED.add(descriptor);
                return descriptor;
            } catch (KernelException refused) {
                // Another thread was faster, or it is refused anyhow.
                if (!isShortage(refused)) {
                    fill();
                    throw refused;
                }
            }
        }
        throw shortage;
    }

    /** Closes it; one of the reserve goes back there. */
    public static void close(int descriptor) {
        if (!giveBack(descriptor)) {
            Kernel.close(descriptor);
        }
    }

    private static synchronized boolean giveBack(int descriptor) {
        if (!BORROWED.remove(descriptor) || users == 0) {
            return false;
        }
        boolean regained = reserved > 0 && Kernel.replace(RESERVED[0], descriptor);
        if (regained) {
            RESERVED[reserved] = descriptor;
            reserved++;
        }
        return regained;
    }

    /** Whether there was no descriptor left, of this JVM or of the system. */
    public static boolean isShortage(KernelException refused) {
        return refused.errno() == Errno.EMFILE || refused.errno() == Errno.ENFILE;
    }
}
