package pm.core.process;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import pm.api.LimitKind;
import pm.api.LimitViolation;

/**
 * Hears from the backend of limits that one tree meets, from before its leader runs until its end, and decides what is told of it: the first
 * time of each kind at once, then only when the number has grown tenfold, and at the end the last figures if they are new. A fork bomb
 * makes a few events this way, not a million. Safe for use by any thread.
 */
final class LimitWatch implements Consumer<LimitViolation> {
    /** Who is told. Called without a lock, on the thread that brought the news. */
    interface Observer {
        /**
         * A limit was met.
         *
         * @param again whether the same kind was told before
         */
        void met(LimitViolation violation, boolean again);
    }

    /** By how much the number must have grown to be told again. */
    private static final int GROWTH = 10;

    private final Map<LimitKind, LimitViolation> told = new EnumMap<>(LimitKind.class);
    private final Map<LimitKind, LimitViolation> latest = new EnumMap<>(LimitKind.class);
    private Observer observer;
    private boolean ended;

    /** News from the backend. Kept until {@link #start}; after {@link #end} nobody wants them. */
    @Override
    public void accept(LimitViolation violation) {
        Optional<Telling> telling;
        synchronized (this) {
            if (ended) {
                return;
            }
            LimitViolation known = latest.merge(violation.kind(), violation, LimitWatch::together);
            telling = observer != null && isNews(known) ? Optional.of(tell(known)) : Optional.empty();
        }
        telling.ifPresent(Telling::tell);
    }

    /** Tells from now on, first what was heard before. */
    void start(Observer whoIsTold) {
        List<Telling> tellings;
        synchronized (this) {
            observer = whoIsTold;
            tellings = latest.values().stream().map(this::tell).toList();
        }
        tellings.forEach(Telling::tell);
    }

    /**
     * The tree has ended: tells what is new and nothing after it.
     *
     * @param last figures as the backend has them at the end
     * @return what is known of each limit that was met
     */
    List<LimitViolation> end(List<LimitViolation> last) {
        List<Telling> tellings = new ArrayList<>();
        List<LimitViolation> known;
        synchronized (this) {
            ended = true;
            last.forEach(violation -> latest.merge(violation.kind(), violation, LimitWatch::together));
            known = List.copyOf(latest.values());
            for (LimitViolation violation : known) {
                if (isMoreThanTold(violation)) {
                    tellings.add(tell(violation));
                }
            }
        }
        tellings.forEach(Telling::tell);
        return known;
    }

    private boolean isNews(LimitViolation violation) {
        LimitViolation before = told.get(violation.kind());
        return before == null || violation.times() / GROWTH >= before.times();
    }

    private boolean isMoreThanTold(LimitViolation violation) {
        LimitViolation before = told.get(violation.kind());
        return before == null
                || violation.times() > before.times()
                || (violation.victim().isPresent() && before.victim().isEmpty());
    }

    /** The later news, with a victim that only the earlier ones knew. */
    private static LimitViolation together(LimitViolation before, LimitViolation now) {
        return new LimitViolation(
                now.kind(),
                Math.max(before.times(), now.times()),
                now.detail(),
                now.victim().or(before::victim));
    }

    /** Called with the lock held; what it gives is done without. */
    private Telling tell(LimitViolation violation) {
        boolean again = told.put(violation.kind(), violation) != null;
        Observer whoIsTold = observer;
        return () -> whoIsTold.met(violation, again);
    }

    private interface Telling {
        void tell();
    }
}
