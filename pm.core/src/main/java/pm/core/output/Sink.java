package pm.core.output;

import java.nio.ByteBuffer;
import java.util.Optional;
import pm.api.CapturedOutput;

/** Takes what a {@link Drain} reads. Called by one thread at a time, never blocking. */
interface Sink {
    /** Takes all of it. */
    void accept(ByteBuffer bytes);

    /** Whether nothing can be taken at the moment: {@link Drain#go()} is called when that is over. */
    default boolean isFull() {
        return false;
    }

    /** How much was passed on: for telling a slow consumer from one that hangs. */
    default long progress() {
        return 0;
    }

    /**
     * Nothing more comes.
     *
     * @param whenTaken called once, when everything was passed on
     */
    void end(Runnable whenTaken);

    /** What was captured. */
    default Optional<CapturedOutput> captured() {
        return Optional.empty();
    }
}
