package pm.backend.linux.launcher;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import pm.api.ResourceUsage;

/**
 * What a launcher says; laid out as PROTOCOL.md says, beside the launcher's source.
 *
 * @param kind of message
 * @param pid of the command, for {@link Kind#STARTED}, {@link Kind#EXITED} and {@link Kind#BORN}
 * @param value the wait status, the step that failed, or how many processes were reached, are stuck or live
 * @param error errno of what failed, else 0
 * @param sequence of the order that is answered
 * @param usage of the command, for {@link Kind#EXITED}; of the whole tree, for {@link Kind#EMPTY}
 */
public record LauncherMessage(Kind kind, int pid, int value, int error, int sequence, ResourceUsage usage) {
    /** Bytes of each. */
    public static final int SIZE = 64;

    private static final int USAGE_AT = 24;
    private static final int BYTES_PER_KIB = 1024;
    private static final int BYTES_PER_BLOCK = 512;

    /** What it says. */
    public enum Kind {
        /** The command runs. */
        STARTED(1),
        /** A step failed, and nothing runs. */
        FAILED(2),
        /** The command has ended and was reaped. */
        EXITED(3),
        /** Nothing of the tree is left. */
        EMPTY(4),
        /** The guard stands; a supervisor waits for {@link Order#GO}. */
        READY(5),
        /** An order was carried out. */
        ANSWER(6),
        /** A kill goes on without getting further. */
        STUCK(7),
        /** More processes live than are allowed. */
        LIMIT(8),
        /** Names who becomes the command: the launcher, or another child of ours that was born in the command's cgroup. */
        BORN(9);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        private static Optional<Kind> of(int number) {
            return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
        }
    }

    /**
     * Reads one.
     *
     * @param packet of {@link #SIZE} bytes from its position on
     * @throws IllegalArgumentException when it is none
     */
    static LauncherMessage decode(ByteBuffer packet) {
        ByteBuffer in = packet.slice().order(ByteOrder.nativeOrder());
        int number = in.remaining() == SIZE ? in.getInt() : 0;
        Kind kind = Kind.of(number)
                .orElseThrow(() -> new IllegalArgumentException("Could not understand the launcher: " + in.limit()
                        + " bytes of kind " + number + ", use a launcher of the same version"));
        return new LauncherMessage(kind, in.getInt(), in.getInt(), in.getInt(), in.getInt(), usage(in));
    }

    private static ResourceUsage usage(ByteBuffer in) {
        in.position(USAGE_AT);
        return ResourceUsage.ofProcess(
                Duration.of(in.getLong(), ChronoUnit.MICROS),
                Duration.of(in.getLong(), ChronoUnit.MICROS),
                OptionalLong.of(in.getLong() * BYTES_PER_KIB),
                OptionalLong.of(in.getLong() * BYTES_PER_BLOCK),
                OptionalLong.of(in.getLong() * BYTES_PER_BLOCK));
    }
}
