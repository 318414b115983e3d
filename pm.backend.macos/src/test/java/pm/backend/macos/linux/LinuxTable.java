package pm.backend.macos.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.ProcessTable;
import pm.backend.macos.tree.TreeIds;

/**
 * {@code /proc}, with the id of whoever forked each process as macOS has it. Pid and start time make the id. Unlike macOS it remembers, for
 * one look, who came and went between two: so that this machine's speed decides nothing.
 */
final class LinuxTable implements ProcessTable {
    private final ProcessNews news;
    private final Consumer<ProcessNews.Event> told;
    private final Map<Integer, Entry> entries = new HashMap<>();
    /** Who came and went since the last look, and what the look that goes on tells of those before it. */
    private Map<Integer, Entry> gone = new HashMap<>();

    private Map<Integer, Entry> ghosts = new HashMap<>();
    private long lastUniqueId;

    private static final class Entry {
        final long uniqueId;
        long parentUniqueId;
        boolean toldOf;
        boolean exited;
        boolean seen;
        long startTicks = -1;

        Entry(long uniqueId) {
            this.uniqueId = uniqueId;
        }
    }

    /**
     * Over the news, which it takes.
     *
     * @param told hears them too
     */
    LinuxTable(ProcessNews news, Consumer<ProcessNews.Event> told) {
        this.news = news;
        this.told = told;
    }

    /** Takes what is new. */
    synchronized void update() {
        for (ProcessNews.Event event : news.take()) {
            if (event.isFork()) {
                forked(entry(event.process()), event.child());
            } else {
                Entry entry = entry(event.process());
                entry.exited = true;
                if (!entry.seen) {
                    gone.put(event.process(), entry);
                }
            }
            told.accept(event);
        }
    }

    private void forked(Entry parent, int child) {
        Entry known = entries.get(child);
        // It may have been seen in /proc a moment before its birth was told.
        Entry entry = known != null && !known.exited && !known.toldOf ? known : new Entry(++lastUniqueId);
        entry.parentUniqueId = parent.uniqueId;
        entry.toldOf = true;
        entries.put(child, entry);
    }

    private Entry entry(int pid) {
        return entries.computeIfAbsent(pid, unknown -> new Entry(++lastUniqueId));
    }

    @Override
    public synchronized List<Integer> pids() {
        Set<Integer> pids = new HashSet<>();
        ProcFiles.pids().forEach(pid -> pids.add(Math.toIntExact(pid)));
        // After the list: who is missing in it has told of all its children and of its exit. Who was born since stays
        // known too.
        update();
        ghosts = gone;
        gone = new HashMap<>();
        pids.addAll(ghosts.keySet());
        entries.entrySet().removeIf(known -> known.getValue().exited && !pids.contains(known.getKey()));
        return new ArrayList<>(pids);
    }

    @Override
    public synchronized Optional<ProcessRecord> find(int pid) {
        update();
        Optional<ProcessStat> stat = ProcFiles.stat(pid);
        if (stat.isEmpty()) {
            return Optional.ofNullable(ghosts.get(pid))
                    .map(ghost -> new ProcessRecord(
                            ghost.uniqueId, ghost.parentUniqueId, pid, 1, 0, 0, ProcessRecord.State.ZOMBIE));
        }
        Entry entry = entry(pid);
        if (entry.startTicks >= 0 && entry.startTicks != stat.get().startTicks()) {
            entry = new Entry(++lastUniqueId);
            entries.put(pid, entry);
        }
        entry.startTicks = stat.get().startTicks();
        entry.seen = true;
        return Optional.of(record(entry, stat.get()));
    }

    private static ProcessRecord record(Entry entry, ProcessStat stat) {
        ProcessRecord.State state = !stat.isAlive()
                ? ProcessRecord.State.ZOMBIE
                : stat.state() == 'T' ? ProcessRecord.State.STOPPED : ProcessRecord.State.RUNNING;
        return new ProcessRecord(
                entry.uniqueId,
                entry.parentUniqueId,
                Math.toIntExact(stat.pid()),
                Math.toIntExact(stat.parentPid()),
                Math.toIntExact(stat.group()),
                Math.toIntExact(stat.session()),
                state);
    }

    @Override
    public boolean isMarked(ProcessRecord process, TreeIds ids) {
        try {
            Path variables = Path.of("/proc", Integer.toString(process.pid()), "environ");
            return ids.areIn(List.of(
                    Files.readString(variables, StandardCharsets.ISO_8859_1).split("\0")));
        } catch (IOException goneOrHidden) {
            return false;
        }
    }
}
