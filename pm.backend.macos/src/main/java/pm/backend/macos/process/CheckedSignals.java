package pm.backend.macos.process;

import java.util.Optional;
import pm.api.Signal;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.ProcessTable;
import pm.backend.macos.tree.Signaller;
import pm.backend.posix.libc.Libc;

/**
 * kill(2), after it was asked who has the pid now: the moment between is too short for all other pids to be used up. Safe for use by any
 * thread.
 */
final class CheckedSignals implements Signaller {
    /** errno.h, the same on Linux and macOS. */
    private static final int EPERM = 1;

    private final ProcessTable table;
    private final HostSystem system;

    CheckedSignals(HostSystem system) {
        this.table = system.table();
        this.system = system;
    }

    @Override
    public Delivery signal(ProcessRecord process, Command command) {
        return send(process, number(command));
    }

    /** To that very process. */
    Delivery send(ProcessRecord process, int signal) {
        return current(process).isPresent() ? kill(process.pid(), signal) : Delivery.GONE;
    }

    @Override
    public Delivery signalGroup(ProcessRecord process, Command command) {
        boolean same = current(process)
                .filter(now -> now.group() == process.group() && now.group() > 1)
                .isPresent();
        return same ? kill(-process.group(), number(command)) : Delivery.GONE;
    }

    private Optional<ProcessRecord> current(ProcessRecord process) {
        return table.find(process.pid()).filter(now -> now.uniqueId() == process.uniqueId() && now.lives());
    }

    private static Delivery kill(int target, int signal) {
        if (Libc.kill(target, signal) == 0) {
            return Delivery.DELIVERED;
        }
        return Libc.errno() == EPERM ? Delivery.REFUSED : Delivery.GONE;
    }

    private int number(Command command) {
        return system.number(
                switch (command) {
                    case STOP -> Signal.STOP;
                    case CONTINUE -> Signal.CONT;
                    case KILL -> Signal.KILL;
                });
    }
}
