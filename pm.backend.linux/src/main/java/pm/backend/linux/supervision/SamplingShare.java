package pm.backend.linux.supervision;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the launchers that count processes how many they are: together they spend as much time on it as one alone would. They are told a
 * power of two, so that a start costs two orders at the most on average. Safe for use by any thread.
 */
final class SamplingShare {
    private final Set<SupervisedContainment> counted = new HashSet<>();
    private int told = 1;

    /** This one counts from now on. */
    void join(SupervisedContainment containment) {
        List<SupervisedContainment> wrong;
        int launchers;
        synchronized (this) {
            if (!counted.add(containment)) {
                return;
            }
            boolean more = counted.size() > told;
            told = more ? 2 * told : told;
            launchers = told;
            wrong = more ? List.copyOf(counted) : List.of(containment);
        }
        if (launchers > 1) {
            wrong.forEach(one -> one.shareSampling(launchers));
        }
    }

    /** This one does not count any more. */
    void leave(SupervisedContainment containment) {
        List<SupervisedContainment> wrong = List.of();
        int launchers;
        synchronized (this) {
            if (counted.remove(containment) && counted.size() <= told / 4) {
                told = told / 2;
                wrong = List.copyOf(counted);
            }
            launchers = told;
        }
        wrong.forEach(one -> one.shareSampling(launchers));
    }
}
