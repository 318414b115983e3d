package pm.backend.linux.launcher;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a launcher that stays can be told; numbered by PROTOCOL.md. */
public enum Order {
    /** Signals the command. */
    SIGNAL_LEADER(1),
    /** Signals the command's group, then every process outside it once, then lets all go on. */
    TERMINATE(2),
    /** Kills everything, until nothing is left. */
    KILL(3),
    /** Stops everything. */
    STOP(4),
    /** Lets everything go on. */
    CONTINUE(5),
    /** The guard leaves without killing. */
    BYE(6),
    /** A supervisor that waits may start the command. */
    GO(7),
    /** From now on it is told when more than so many processes live; 0 for never. */
    SET_MAX_PROCESSES(8),
    /** So many launchers that count processes share the time for it. */
    SHARE_SAMPLING(9);

    private static final int SIZE = 16;

    private final int number;

    Order(int number) {
        this.number = number;
    }

    /** As a packet. */
    ByteBuffer encode(int value, int sequence) {
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .putInt(value)
                .putInt(sequence)
                .putInt(0)
                .flip();
    }
}
