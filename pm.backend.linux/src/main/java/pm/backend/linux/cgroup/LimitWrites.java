package pm.backend.linux.cgroup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pm.api.Limits;
import pm.backend.linux.controller.Controller;
import pm.backend.linux.controller.FileValue;
import pm.backend.linux.kernel.KernelException;
import pm.spi.BackendException;

/** Writes limits to files of groups. When one is refused, what was written before it is written back. For one thread, once. */
final class LimitWrites {
    /** What undoes a write. */
    private record Undo(CgroupFolder folder, String file, String value) {}

    private final Deque<Undo> undos = new ArrayDeque<>();

    /**
     * Writes those of one controller.
     *
     * @throws BackendException when one is refused; it says what stays changed
     */
    void write(Controller controller, Limits limits, CgroupFolder folder) throws BackendException {
        List<FileValue> values = controller.values(limits);
        boolean taken = values.isEmpty();
        for (FileValue value : values) {
            Undo undo = new Undo(folder, value.file(), value.undo(folder.text(value.file())));
            try {
                folder.set(value.file(), value.value());
                taken = true;
                undos.push(undo);
            } catch (KernelException e) {
                if (e.errno() != value.tolerated()) {
                    String advice = controller
                            .advice(value.file(), e.errno())
                            .map(text -> ", " + text)
                            .orElse("");
                    throw refused(value, folder, e.getMessage() + advice);
                }
            }
        }
        if (!taken) {
            throw refused(values.get(0), folder, "no block device takes it");
        }
    }

    private BackendException refused(FileValue value, CgroupFolder folder, String reason) {
        Set<String> stay = undo();
        return new BackendException("Could not set " + value.file() + " of " + folder + " to '" + value.value() + "': "
                + reason
                + (stay.isEmpty()
                        ? "; nothing was changed"
                        : "; changed before, and not to be changed back, were " + stay));
    }

    /** The last first: so each state in between is one that the kernel has taken before. */
    private Set<String> undo() {
        Set<String> stay = new LinkedHashSet<>();
        while (!undos.isEmpty()) {
            Undo undo = undos.pop();
            try {
                undo.folder().set(undo.file(), undo.value());
            } catch (KernelException refused) {
                stay.add(undo.file());
            }
        }
        return stay;
    }
}
