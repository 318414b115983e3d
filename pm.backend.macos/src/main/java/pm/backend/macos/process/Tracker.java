package pm.backend.macos.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import pm.backend.macos.tree.Look;
import pm.backend.macos.tree.Surroundings;
import pm.backend.posix.events.EventLoop;

/**
 * Takes the looks for all trees of a session: when something has forked or exited, again as long as a look shows somebody new, and now and
 * then. Its monitor guards what trees know of themselves. Safe for use by any thread.
 */
final class Tracker {
    /** How often trees with sampled limits, or that are being killed, are looked at. */
    static final Duration FAST = Duration.ofMillis(10);

    private static final Duration SLOWEST = Duration.ofMillis(160);
    /** Looks at the whole host, in case that a notice was lost. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** After so many looks one after the other a tree that forks without end must not have the whole processor. */
    private static final int LOOKS_AT_ONCE = 30;

    private final EventLoop loop;
    private final Consumer<Set<Integer>> groups;
    private final Surroundings surroundings;
    private final Set<LiveTree> trees = new HashSet<>();
    private final AtomicBoolean ordered = new AtomicBoolean();
    private Duration pace = FAST;
    private boolean ticking;
    private boolean steady;
    private long lastLook;
    private int looksAtOnce;

    /**
     * For a session.
     *
     * @param groups hears which process groups the trees have, on any thread
     */
    Tracker(HostSystem system, EventLoop loop, Consumer<Set<Integer>> groups) {
        this.loop = loop;
        this.groups = groups;
        this.surroundings = new Surroundings(system.table());
    }

    /** Before a leader is started: whoever is there already is a stranger. */
    synchronized void prepare() {
        if (trees.isEmpty()) {
            look();
        }
    }

    synchronized void add(LiveTree tree) {
        trees.add(tree);
        steady = false;
        tellGroups();
        if (!ticking) {
            ticking = true;
            loop.after(FAST, this::tick);
        }
    }

    synchronized void remove(LiveTree tree) {
        trees.remove(tree);
        tellGroups();
    }

    /** Orders a look, on the loop's thread. */
    void soon() {
        if (ordered.compareAndSet(false, true)) {
            loop.execute(this::ordered);
        }
    }

    private void ordered() {
        ordered.set(false);
        if (lookNow() && ordered.compareAndSet(false, true)) {
            looksAtOnce++;
            if (looksAtOnce < LOOKS_AT_ONCE) {
                loop.execute(this::ordered);
            } else {
                loop.after(FAST, this::ordered);
            }
        } else {
            looksAtOnce = 0;
        }
    }

    /**
     * Looks at once, on the thread of whoever asks.
     *
     * @return whether another look should follow
     */
    boolean lookNow() {
        List<LiveTree> seen;
        boolean again;
        synchronized (this) {
            again = look();
            seen = List.copyOf(trees);
        }
        seen.forEach(LiveTree::tellWhatWasSeen);
        return again;
    }

    private boolean look() {
        lastLook = System.nanoTime();
        Look look = surroundings.look();
        boolean again = false;
        for (LiveTree tree : new ArrayList<>(trees)) {
            boolean more = tree.see(look, surroundings);
            again |= more;
            steady &= !more;
        }
        tellGroups();
        return again;
    }

    private void tellGroups() {
        Set<Integer> all = new HashSet<>();
        trees.forEach(tree -> all.addAll(tree.groups()));
        groups.accept(all);
    }

    private void tick() {
        List<LiveTree> all;
        boolean fast = false;
        synchronized (this) {
            if (trees.isEmpty()) {
                ticking = false;
                return;
            }
            all = List.copyOf(trees);
            for (LiveTree tree : all) {
                fast |= tree.sample();
            }
            boolean calm = steady && !fast;
            Duration slower = pace.multipliedBy(2);
            pace = calm ? (slower.compareTo(SLOWEST) > 0 ? SLOWEST : slower) : FAST;
            steady = true;
        }
        all.forEach(LiveTree::tellWhatWasSeen);
        if (all.stream().anyMatch(LiveTree::isBeingKilled) || System.nanoTime() - lastLook > BETWEEN_LOOKS.toNanos()) {
            soon();
        }
        loop.after(pace, this::tick);
    }
}
