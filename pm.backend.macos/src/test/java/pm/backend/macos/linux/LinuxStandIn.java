package pm.backend.macos.linux;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import pm.api.Signal;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.Signals;
import pm.backend.macos.process.HostSystem;
import pm.backend.macos.process.ProcessFacts;
import pm.backend.macos.process.ProcessWatcher;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.ProcessTable;
import pm.backend.posix.events.EventLoop;
import pm.backend.posix.events.Poller;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.events.Watch;
import pm.backend.posix.libc.LibcException;

/** Linux in the place of macOS, for one session: epoll, {@code /proc}, and the process connector. */
public final class LinuxStandIn implements HostSystem {
    private final ProcessNews news;
    private final LinuxTable table;
    private final ProcessFacts facts = new LinuxFacts();
    private final Map<Integer, ProcessWatcher.Listener> listeners = new ConcurrentHashMap<>();
    private final AtomicReference<EventLoop> loop = new AtomicReference<>();

    /** Begins to listen. */
    public LinuxStandIn() throws LibcException {
        news = new ProcessNews();
        table = new LinuxTable(news, this::told);
    }

    /** Whether this user may hear of processes. */
    public static boolean isAllowed() {
        try {
            new ProcessNews().close();
            return true;
        } catch (LibcException refused) {
            return false;
        }
    }

    private void told(ProcessNews.Event event) {
        Optional.ofNullable(listeners.get(event.process()))
                .ifPresent(listener -> loop.get().execute(event.isFork() ? listener::forked : listener::exited));
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
        EventLoop made = new EventLoop(name, new Epoll(), trouble);
        loop.set(made);
        made.add(news.descriptor(), Interest.READABLE, table::update);
        return new Watching(made, this::watch);
    }

    private Watch watch(ProcessRecord process, ProcessWatcher.Listener listener) {
        listeners.put(process.pid(), listener);
        // Nothing is started suspended here: it may have exited before.
        boolean lives = table.find(process.pid()).filter(ProcessRecord::lives).isPresent();
        if (!lives) {
            loop.get().execute(listener::exited);
        }
        return () -> listeners.remove(process.pid(), listener);
    }

    @Override
    public Poller poller() throws LibcException {
        return new Epoll();
    }

    @Override
    public int number(Signal signal) {
        return Signals.number(signal);
    }

    /** Nobody listens any more. */
    public void close() {
        news.close();
    }
}
