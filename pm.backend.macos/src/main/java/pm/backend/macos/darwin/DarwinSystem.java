package pm.backend.macos.darwin;

import java.util.List;
import java.util.function.Consumer;
import pm.api.Signal;
import pm.backend.macos.process.HostSystem;
import pm.backend.macos.process.ProcessFacts;
import pm.backend.macos.tree.ProcessTable;
import pm.backend.posix.events.EventLoop;
import pm.backend.posix.events.Poller;
import pm.backend.posix.libc.LibcException;

/** macOS. Safe for use by any thread. */
public final class DarwinSystem implements HostSystem {
    private final ProcessTable table = new DarwinTable();
    private final ProcessFacts facts = new DarwinFacts();
    private final DarwinSignals signals = new DarwinSignals();

    /** Loads nothing but what it needs. */
    public DarwinSystem() {}

    /** What is asked of the system before it is used: that it tells of this JVM as the headers say. */
    public static List<String> reasonsAgainst() {
        int self = Math.toIntExact(ProcessHandle.current().pid());
        boolean known = new DarwinTable()
                .find(self)
                .filter(process -> process.pid() == self && process.uniqueId() > 0 && process.parentUniqueId() > 0)
                .isPresent();
        return known
                ? List.of()
                : List.of("This macOS does not tell unique ids of processes (proc_pidinfo, flavour 17).");
    }

    @Override
    public ProcessTable table() {
        return table;
    }

    @Override
    public ProcessFacts facts() {
        return facts;
    }

    @Override
    public Watching watching(String name, Consumer<String> trouble) throws LibcException {
        Kqueue queue = new Kqueue();
        EventLoop loop = new EventLoop(name, queue, trouble);
        return new Watching(loop, new KqueueWatcher(queue, loop));
    }

    @Override
    public Poller poller() throws LibcException {
        return new Kqueue();
    }

    @Override
    public int number(Signal signal) {
        return signals.number(signal);
    }
}
