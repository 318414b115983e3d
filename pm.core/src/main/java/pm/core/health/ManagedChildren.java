package pm.core.health;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import pm.api.ProcessManager.Registration;

/**
 * Which children of this JVM any of its managers answers for: what one manager started is not unmanaged in the eyes of another. Safe for use
 * by any thread.
 */
public final class ManagedChildren {
    private static final ManagedChildren OF_THIS_JVM = new ManagedChildren();

    private final List<Supplier<Set<Long>>> managers = new CopyOnWriteArrayList<>();

    ManagedChildren() {}

    /** The one that every manager of this JVM belongs to. */
    public static ManagedChildren ofThisJvm() {
        return OF_THIS_JVM;
    }

    /**
     * Adds a manager, until it is closed.
     *
     * @param ownChildren asked anew each time
     */
    public Registration add(Supplier<Set<Long>> ownChildren) {
        managers.add(ownChildren);
        return () -> managers.remove(ownChildren);
    }

    Set<Long> pids() {
        return managers.stream().flatMap(pids -> pids.get().stream()).collect(Collectors.toSet());
    }
}
