package pm.backend.macos.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A kernel in small: processes that fork, exit, reap, change session and group, and pids that are used again. Whatever is asked of it takes
 * time, in which the processes go on.
 */
final class HistoryKernel implements ProcessTable, Signaller {
    private static final int INIT = 1;
    private static final int JVM = 2;
    private static final int LAST_PID = 32;
    private static final int MOST_PROCESSES = 10;

    private final Random random;
    private final boolean keepsUnseen;
    private final TreeMap<Integer, Actor> actors = new TreeMap<>();
    private long lastUniqueId;
    private int lastPid;
    private boolean forkNoticed;
    private boolean quiet;
    private Set<Integer> listed = Set.of();
    int signalledStrangers;
    int reusedPids;
    int escapes;

    /** What is true of a process, and what only its maker knows. */
    static final class Actor {
        long uniqueId;
        long parentUniqueId;
        int pid;
        int parent;
        int group;
        int session;
        ProcessRecord.State state = ProcessRecord.State.RUNNING;
        boolean ofTree;
        boolean marked;
        boolean watched;
        boolean seen;

        boolean runs() {
            return state == ProcessRecord.State.RUNNING;
        }

        ProcessRecord record() {
            return new ProcessRecord(uniqueId, parentUniqueId, pid, parent, group, session, state);
        }
    }

    /**
     * Of two strangers' sessions, and a JVM that never acts.
     *
     * @param keepsUnseen whether what exits is there, as a zombie, until a look has seen it
     */
    HistoryKernel(Random random, boolean keepsUnseen) {
        this.random = random;
        this.keepsUnseen = keepsUnseen;
        this.lastPid = JVM + 1 + random.nextInt(LAST_PID - JVM);
        add(INIT, 0, null);
        add(JVM, INIT, null);
        for (int stranger = 0; stranger < 2; stranger++) {
            Actor actor = fork(actors.get(INIT));
            actor.group = actor.pid;
            actor.session = actor.pid;
        }
    }

    /** Starts a tree, as the JVM's child in a session of its own. */
    Actor startLeader() {
        Actor leader = fork(actors.get(JVM));
        leader.group = leader.pid;
        leader.session = leader.pid;
        leader.ofTree = true;
        leader.marked = true;
        return leader;
    }

    private Actor add(int pid, int parent, Actor forkedBy) {
        Actor actor = new Actor();
        actor.uniqueId = ++lastUniqueId;
        actor.pid = pid;
        actor.parent = parent;
        if (forkedBy == null) {
            actor.group = pid;
            actor.session = pid;
        } else {
            actor.parentUniqueId = forkedBy.uniqueId;
            actor.group = forkedBy.group;
            actor.session = forkedBy.session;
            actor.ofTree = forkedBy.ofTree;
            actor.marked = forkedBy.marked;
        }
        actors.put(pid, actor);
        return actor;
    }

    private Actor fork(Actor parent) {
        // Neither kernel gives out a number that is still a pid, a group or a session.
        boolean[] used = new boolean[LAST_PID + 1];
        listed.forEach(pid -> used[pid] = true);
        for (Actor actor : actors.values()) {
            used[actor.pid] = true;
            if (actor.state != ProcessRecord.State.ZOMBIE) {
                used[actor.group] = true;
                used[actor.session] = true;
            }
        }
        int pid = lastPid;
        do {
            pid = pid == LAST_PID ? JVM + 1 : pid + 1;
        } while (used[pid] && pid != lastPid);
        if (used[pid]) {
            // As EAGAIN.
            return parent;
        }
        reusedPids += pid < lastPid ? 1 : 0;
        lastPid = pid;
        forkNoticed |= parent.watched;
        return add(pid, parent.pid, parent);
    }

    /** A process does something. */
    void act() {
        if (quiet) {
            return;
        }
        List<Actor> able = new ArrayList<>();
        for (Actor actor : actors.values()) {
            if (actor.pid > JVM && actor.runs()) {
                able.add(actor);
            }
        }
        if (able.isEmpty()) {
            return;
        }
        Actor actor = able.get(random.nextInt(able.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                if (actors.size() < MOST_PROCESSES) {
                    fork(actor);
                }
            }
            case 4, 5 -> exit(actor);
            case 6 -> {
                if (actor.group != actor.pid) {
                    escapes += actor.ofTree ? 1 : 0;
                    actor.group = actor.pid;
                    actor.session = actor.pid;
                }
            }
            case 7 -> {
                if (actor.session != actor.pid) {
                    actor.group = actor.pid;
                }
            }
            case 8 -> reapChildrenOf(actor);
            default -> actor.marked = false;
        }
    }

    private void exit(Actor actor) {
        actor.state = ProcessRecord.State.ZOMBIE;
        for (Actor child : List.copyOf(actors.values())) {
            if (child.parent == actor.pid) {
                child.parent = INIT;
            }
        }
        reapChildrenOf(actors.get(INIT));
    }

    private void reapChildrenOf(Actor parent) {
        actors.values()
                .removeIf(child -> child.parent == parent.pid
                        && child.state == ProcessRecord.State.ZOMBIE
                        && (child.seen || !child.ofTree || !keepsUnseen));
    }

    @Override
    public List<Integer> pids() {
        // No kernel goes round all of its numbers while it is read: one that was listed is not given out again.
        List<Integer> pids = List.copyOf(actors.keySet());
        listed = Set.copyOf(pids);
        return pids;
    }

    @Override
    public Optional<ProcessRecord> find(int pid) {
        if (random.nextInt(4) == 0) {
            act();
        }
        Optional<Actor> actor = Optional.ofNullable(actors.get(pid));
        actor.ifPresent(there -> there.seen = true);
        return actor.map(Actor::record);
    }

    /** What was kept until it was seen goes. */
    void reapOrphans() {
        reapChildrenOf(actors.get(INIT));
    }

    @Override
    public boolean isMarked(ProcessRecord process, TreeIds ids) {
        return actor(process).map(actor -> actor.marked).orElse(false);
    }

    private Optional<Actor> actor(ProcessRecord process) {
        return Optional.ofNullable(actors.get(process.pid())).filter(actor -> actor.uniqueId == process.uniqueId());
    }

    /** Begins to tell of its forks; those before are told to nobody. */
    void watch(Collection<ProcessRecord> processes) {
        processes.forEach(process -> {
            act();
            actor(process).ifPresent(actor -> actor.watched = true);
        });
    }

    /** Whether a watched process has forked since this was asked last. */
    boolean takeForkNotice() {
        boolean noticed = forkNoticed;
        forkNoticed = false;
        return noticed;
    }

    @Override
    public Delivery signal(ProcessRecord process, Command command) {
        act();
        Optional<Actor> actor = actor(process).filter(one -> one.state != ProcessRecord.State.ZOMBIE);
        actor.ifPresent(one -> deliver(one, command));
        return actor.isPresent() ? Delivery.DELIVERED : Delivery.GONE;
    }

    @Override
    public Delivery signalGroup(ProcessRecord process, Command command) {
        act();
        Optional<Actor> actor = actor(process).filter(one -> one.group == process.group());
        if (actor.isEmpty()) {
            return Delivery.GONE;
        }
        for (Actor member : List.copyOf(actors.values())) {
            if (member.group == process.group() && member.state != ProcessRecord.State.ZOMBIE) {
                deliver(member, command);
            }
        }
        return Delivery.DELIVERED;
    }

    private void deliver(Actor actor, Command command) {
        signalledStrangers += actor.ofTree ? 0 : 1;
        switch (command) {
            case STOP -> actor.state = ProcessRecord.State.STOPPED;
            case CONTINUE -> actor.state = ProcessRecord.State.RUNNING;
            case KILL -> exit(actor);
        }
    }

    /** From now on nobody acts. */
    void freeze() {
        quiet = true;
    }

    /** Processes of the tree that live. */
    List<Actor> livingOfTree() {
        return actors.values().stream()
                .filter(actor -> actor.ofTree && actor.state != ProcessRecord.State.ZOMBIE)
                .toList();
    }
}
