package pm.backend.macos.process;

import java.util.List;
import pm.api.Signal;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.Signaller.Delivery;
import pm.backend.posix.libc.Libc;

/** Signals that a whole tree hears, each process once. */
final class TreeSignals {
    private TreeSignals() {}

    /**
     * To the leader's group, then to every process outside of it.
     *
     * @param leader not reaped, so that its group is nobody else's
     * @return how many refused
     */
    static int send(Equipment equipment, int leader, List<ProcessRecord> living, Signal signal) {
        int number = equipment.system().number(signal);
        Libc.kill(-leader, number);
        int refused = 0;
        for (ProcessRecord process : living) {
            if (process.group() != leader && equipment.signals().send(process, number) == Delivery.REFUSED) {
                refused++;
            }
        }
        return refused;
    }
}
