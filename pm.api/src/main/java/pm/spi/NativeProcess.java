package pm.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import pm.api.ExitStatus;
import pm.api.Signal;

/** The leader of a tree. Safe for use by any thread. */
@ProviderType
public interface NativeProcess {
    /** Its pid. */
    long pid();

    /** Completes, on the exit watcher's thread, when it has ended and was reaped. Never exceptionally: a lost status is {@code Unknown}. */
    CompletionStage<ExitStatus> exit();

    /**
     * Sends a signal, if it was not reaped yet: never to another process that got its pid.
     *
     * @return whether it was delivered
     * @throws BackendException when the system refuses
     */
    boolean signal(Signal signal) throws BackendException;

    /** Our end of its standard input, when that is piped. */
    Optional<PipeWriter> stdin();

    /** Our end of its standard output, when that is piped. */
    Optional<PipeReader> stdout();

    /** Our end of its standard error, when that is piped. */
    Optional<PipeReader> stderr();
}
