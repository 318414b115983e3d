package pm.backend.linux.controller;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/** A controller of the kernel in the terms of one version of cgroups. It knows its files, not where groups are. Immutable. */
public interface Controller {
    /** The kernel's name for it, for instance {@code memory}. */
    String name();

    /** What it can limit. */
    Set<LimitKind> kinds();

    /**
     * How firmly it holds a limit.
     *
     * @param files of a group in which it is at work
     */
    Support support(LimitKind kind, GroupFiles files);

    /** What to write for limits, in this order; limits that are not its own are left alone. */
    List<FileValue> values(Limits limits);

    /**
     * Why the kernel refuses a value, and what to do.
     *
     * @param errno what it said
     * @return empty when that says it all
     */
    default Optional<String> advice(String file, int errno) {
        return Optional.empty();
    }

    /** Reads its figures. */
    void read(GroupFiles files, Figures figures);

    /** The file that the kernel marks as changed when a limit is met. */
    default Optional<String> eventFile() {
        return Optional.empty();
    }
}
