package pm.core.output;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import pm.api.CapturedOutput;

/** Our end of one output of a child. */
interface OutputEnd {
    /** Whether the child may be waiting for us: then it is not idle by its own doing. */
    boolean isBehind();

    /**
     * Nothing of the tree lives any more: what is readable now is all there will be, whoever else holds the pipe.
     *
     * @return completes when everything has been taken that the result waits for
     */
    CompletableFuture<Void> treeGone();

    /** What was captured; asked after {@link #treeGone()} has completed. */
    default Optional<CapturedOutput> captured() {
        return Optional.empty();
    }

    /** Whether a descriptor is still open. */
    boolean isOpen();

    /** Closes the pipe. Idempotent. */
    void close();
}
