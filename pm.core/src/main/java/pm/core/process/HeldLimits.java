package pm.core.process;

import java.util.EnumMap;
import java.util.Map;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/** What is held of the limits that were asked for one tree, and how firmly. Safe for use by any thread. */
final class HeldLimits {
    private final Capabilities capabilities;
    private volatile Limits held;

    /**
     * As they are at the start.
     *
     * @param held what was passed to the backend
     * @param capabilities what the host does with each kind
     */
    HeldLimits(Limits held, Capabilities capabilities) {
        this.held = held;
        this.capabilities = capabilities;
    }

    /** As they are now. */
    Limits now() {
        return held;
    }

    /** Whether a limit can be exceeded before anybody notices. */
    boolean isApproximated(LimitKind kind) {
        return capabilities.of(kind).level() == Level.APPROXIMATED;
    }

    /** What the host does with each kind when the tree runs already. */
    Capabilities whileRunning() {
        Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            supports.put(
                    kind,
                    kind.isInherited()
                            ? new Support(
                                    Level.UNSUPPORTED, "a process takes it over from its parent when it is started")
                            : capabilities.of(kind));
        }
        return new Capabilities(supports);
    }

    /** These have other amounts now. Called by one thread at a time. */
    void changed(Limits changes) {
        Limits merged = held;
        for (Map.Entry<LimitKind, Long> change : changes.amounts().entrySet()) {
            merged = merged.with(change.getKey(), change.getValue());
        }
        held = merged;
    }
}
