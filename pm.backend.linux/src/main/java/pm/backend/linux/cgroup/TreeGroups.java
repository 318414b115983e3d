package pm.backend.linux.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.controller.Controller;
import pm.backend.linux.controller.Figures;
import pm.backend.linux.controller.MemoryV1;
import pm.spi.BackendException;

/**
 * The groups of one tree: one of version 2, which holds it together, and maybe some of version 1, which only count and limit.
 *
 * @param main of version 2, in which everything lives
 * @param counted the group of version 2 whose figures are the tree's: the same, or one above
 * @param further of version 1
 * @param work which controllers are at work, and in which of the groups
 */
record TreeGroups(
        CgroupFolder main, CgroupFolder counted, List<CgroupFolder> further, Map<Controller, CgroupFolder> work) {
    /** All of them; what is started joins each. */
    List<CgroupFolder> all() {
        List<CgroupFolder> all = new ArrayList<>();
        all.add(main);
        all.addAll(further);
        return all;
    }

    /**
     * Has the kernel hold limits.
     *
     * @param limits all of the tree
     * @param changed those that are to be written
     * @throws BackendException when one cannot be; those before it were written back as far as that can be
     */
    void limit(Limits limits, Set<LimitKind> changed) throws BackendException {
        LimitWrites writes = new LimitWrites();
        for (Map.Entry<Controller, CgroupFolder> entry : work.entrySet()) {
            if (entry.getKey().kinds().stream().anyMatch(changed::contains)) {
                writes.write(entry.getKey(), limits, entry.getValue());
            }
        }
    }

    /** Whether the kernel kills one process for want of memory, and not the tree. */
    boolean isKilledOneByOne() {
        return work.keySet().stream().anyMatch(MemoryV1.class::isInstance);
    }

    /** What could be limited now. A process is born into a group of version 1, and not moved into one later. */
    boolean canLimit(LimitKind kind) {
        return work.entrySet().stream()
                .anyMatch(entry -> entry.getKey().kinds().contains(kind)
                        && entry.getKey().support(kind, entry.getValue()).level() != Level.UNSUPPORTED);
    }

    /** Reads what controllers tell. */
    Figures read() {
        Figures figures = new Figures();
        figures.readBasics(counted);
        work.forEach((controller, folder) -> controller.read(folder, figures));
        return figures;
    }

    /**
     * Removes the groups of version 1, when nothing lives in them.
     *
     * @return whether all are gone
     */
    boolean removeFurther() {
        boolean gone = true;
        for (CgroupFolder folder : further) {
            gone &= folder.removeIfUnused();
        }
        return gone;
    }
}
