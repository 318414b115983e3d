package pm.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What this host does with each limit, known before anything is started. Immutable; safe for use by any thread. */
public final class Capabilities {
    /** How firmly a limit is held. */
    public enum Level {
        /** The kernel holds the tree to it. */
        ENFORCED,
        /** Sampled, or per process: refused unless the caller chose best effort. */
        APPROXIMATED,
        /** Not at all. */
        UNSUPPORTED
    }

    /**
     * The level of one limit.
     *
     * @param level how firmly
     * @param reason by what means, or why not
     */
    public record Support(Level level, String reason) {
        /** Checks that there is a reason. */
        public Support {
            Objects.requireNonNull(level);
            Objects.requireNonNull(reason);
        }
    }

    private final Map<LimitKind, Support> supports;

    /**
     * Capabilities of a backend's session.
     *
     * @param supports per kind; a kind that is left out is unsupported
     */
    public Capabilities(Map<LimitKind, Support> supports) {
        Map<LimitKind, Support> complete = new EnumMap<>(LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            complete.put(
                    kind, supports.getOrDefault(kind, new Support(Level.UNSUPPORTED, "the backend does not know it")));
        }
        this.supports = Map.copyOf(complete);
    }

    /**
     * What happens to one kind of limit.
     *
     * @param kind the limit
     * @return level and reason
     */
    public Support of(LimitKind kind) {
        return supports.get(kind);
    }

    @Override
    public String toString() {
        return new EnumMap<>(supports).toString();
    }
}
