package pm.backend.linux.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pm.api.LimitKind;
import pm.backend.linux.controller.Controller;
import pm.backend.linux.controller.MemoryV1;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.Watch;
import pm.spi.BackendException;

/** Hears of limits that a tree meets. */
final class LimitEvents {
    private final List<Watch> watches = new ArrayList<>();

    private LimitEvents() {}

    /**
     * Begins to listen.
     *
     * @param kinds what is limited; nothing else is listened for
     * @param met called on the watcher's thread
     * @throws BackendException when that is refused
     */
    static LimitEvents of(TreeGroups groups, Set<LimitKind> kinds, ExitWatcher watcher, Runnable met)
            throws BackendException {
        LimitEvents events = new LimitEvents();
        try {
            for (Map.Entry<Controller, CgroupFolder> entry : groups.work().entrySet()) {
                if (entry.getKey().kinds().stream().anyMatch(kinds::contains)) {
                    boolean unified = entry.getValue().equals(groups.counted());
                    events.listen(entry.getKey(), entry.getValue(), unified, watcher, met);
                    if (kinds.contains(LimitKind.CPUS) && entry.getKey().kinds().contains(LimitKind.CPUS)) {
                        // The kernel marks cpu.stat as changed in neither version.
                        events.watches.add(new RepeatedLook(watcher, met));
                    }
                }
            }
            return events;
        } catch (KernelException e) {
            events.close();
            throw new BackendException(
                    "Could not listen for limits that are met: " + e.getMessage()
                            + ", see whether descriptors are used up",
                    e);
        }
    }

    private void listen(Controller controller, CgroupFolder folder, boolean unified, ExitWatcher watcher, Runnable met)
            throws KernelException {
        if (controller instanceof MemoryV1) {
            watches.add(OomEvents.of(folder, watcher, met));
        } else if (controller.eventFile().isPresent() && unified) {
            watches.add(
                    FileEvents.of(folder.path().resolve(controller.eventFile().get()), watcher, met));
        } else if (controller.eventFile().isPresent()) {
            watches.add(new RepeatedLook(watcher, met));
        }
    }

    /** Ends listening. Idempotent. */
    void close() {
        watches.forEach(Watch::close);
    }
}
