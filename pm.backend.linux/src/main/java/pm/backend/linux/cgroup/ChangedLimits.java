package pm.backend.linux.cgroup;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;

/** Hears of limits that a tree in a scope was given only after its start. Safe for use by any thread. */
final class ChangedLimits {
    private final CgroupTree tree;
    private final ExitWatcher watcher;
    private final Set<LimitKind> known;
    private final List<LimitEvents> events = new ArrayList<>();
    private boolean closed;

    /**
     * Of a tree that is listened to already for some kinds.
     *
     * @param born those kinds
     */
    ChangedLimits(CgroupTree tree, ExitWatcher watcher, Set<LimitKind> born) {
        this.tree = tree;
        this.watcher = watcher;
        this.known = EnumSet.noneOf(LimitKind.class);
        known.addAll(born);
    }

    /** Begins to hear of those that are new. */
    synchronized void listen(Limits changed) throws BackendException {
        Set<LimitKind> fresh = EnumSet.noneOf(LimitKind.class);
        fresh.addAll(changed.kinds());
        fresh.removeAll(known);
        if (!fresh.isEmpty() && !closed) {
            // To ask for the figures is to look, and to tell.
            events.add(LimitEvents.of(tree.groups(), fresh, watcher, tree::usage));
            known.addAll(fresh);
        }
    }

    /** Nothing can come any more. */
    synchronized void close() {
        closed = true;
        events.forEach(LimitEvents::close);
        events.clear();
    }
}
