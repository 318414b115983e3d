package pm.contract;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import pm.api.Setting;
import pm.spi.BackendException;
import pm.spi.BackendProvider;

/** What the parts of the contract know of the backend that is tested. See {@link BackendContract}. */
interface Subject {
    BackendProvider provider();

    Programs programs();

    Map<Setting, String> settings();

    Map<Ability, String> lacking();

    boolean lives(long pid);

    OptionalInt openDescriptors();

    String classPath();

    /** The session of this test, opened before and closed after it. */
    Bench bench();

    /** One more session. */
    default Bench another() throws BackendException {
        return new Bench(provider(), settings());
    }

    /** Systems count a process out of its tree a moment before it is gone for everybody else. */
    default void assertGone(Collection<Long> pids) {
        Patience.forAMoment(
                "that processes of " + pids + " are gone", () -> pids.stream().noneMatch(this::lives));
    }

    /** Leaves a test out, visibly, when the backend lacks what it takes. */
    default void needs(Ability ability) {
        Optional.ofNullable(lacking().get(ability))
                .ifPresent(reason -> Assumptions.abort("Left out: " + ability + ": " + reason));
    }
}
