package pm.backend.macos.process;

import java.util.function.Consumer;
import pm.api.Signal;
import pm.backend.macos.tree.ProcessTable;
import pm.backend.posix.events.EventLoop;
import pm.backend.posix.events.Poller;
import pm.backend.posix.libc.LibcException;

/** What this package needs of the system. Safe for use by any thread. */
public interface HostSystem {
    /** All processes. */
    ProcessTable table();

    /** More about one of them. */
    ProcessFacts facts();

    /** A thread for descriptors and processes. */
    Watching watching(String name, Consumer<String> trouble) throws LibcException;

    /** For a thread that waits for descriptors only. */
    Poller poller() throws LibcException;

    /** The system's number of a signal. */
    int number(Signal signal);

    /** A thread, and what tells on it of processes; closed with the loop. */
    record Watching(EventLoop loop, ProcessWatcher processes) {}
}
