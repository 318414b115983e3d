package pm.core.process;

import java.util.Optional;
import pm.core.backend.Gate;

/** On whose behalf processes are started, so that all of them can end with it. Each is itself only: two bundles may have one name. */
public final class Owner {
    /** Nobody in particular: its processes end with the manager. */
    public static final Owner NOBODY = new Owner(Optional.empty());

    private final Optional<String> name;
    private final Gate gate = new Gate();

    private Owner(Optional<String> name) {
        this.name = name;
    }

    /** Somebody with a name. */
    public static Owner named(String name) {
        return new Owner(Optional.of(name));
    }

    /** The name, for events. */
    public Optional<String> name() {
        return name;
    }

    /** Through which its starts go; closed when it is there no more. */
    Gate gate() {
        return gate;
    }
}
