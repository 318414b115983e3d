package pm.backend.macos.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who belongs to a tree, by one look after the other. A process does when it was forked by one that does, also when that is gone, or when it
 * is in a session that one of them is in: the leader was born in a session of its own, and sessions are entered by fork only. Not thread-safe.
 */
final class Membership {
    /**
     * A process that was forked during a look is not in it, and its parent may be gone at the next: ids are kept that long. After that
     * nobody can appear whose parent it is.
     */
    private static final int LOOKS_KEPT = 2;

    private final ProcessRecord leader;
    private final Set<Integer> foreignSessions;
    /** How many looks ago each id was seen last. */
    private final Map<Long, Integer> known = new HashMap<>();

    private final Set<Long> adopted = new HashSet<>();
    private Map<Long, ProcessRecord> living = new LinkedHashMap<>();
    private List<ProcessRecord> zombies = List.of();

    /**
     * With the leader only, which stays unreaped as long as this is used: nobody else can get its pid, or be in a session of that number.
     *
     * @param foreignSessions of whom nothing is ever taken in
     */
    Membership(ProcessRecord leader, Set<Integer> foreignSessions) {
        this.leader = leader;
        this.foreignSessions = Set.copyOf(foreignSessions);
        known.put(leader.uniqueId(), 0);
        if (leader.lives()) {
            living.put(leader.uniqueId(), leader);
        }
    }

    /** Takes one in with the next look, on evidence of another kind. */
    void adopt(ProcessRecord process) {
        adopted.add(process.uniqueId());
    }

    /**
     * Takes in a look.
     *
     * @return who was not known before
     */
    List<ProcessRecord> see(Collection<ProcessRecord> look) {
        List<ProcessRecord> newcomers = new ArrayList<>();
        List<ProcessRecord> members = new ArrayList<>();
        List<ProcessRecord> others = new ArrayList<>();
        Set<Integer> sessions = new HashSet<>();
        for (ProcessRecord process : look) {
            if (known.containsKey(process.uniqueId())) {
                members.add(process);
                addSession(sessions, process);
            } else {
                others.add(process);
            }
        }
        boolean grew = true;
        while (grew) {
            List<ProcessRecord> more = new ArrayList<>();
            for (ProcessRecord process : others) {
                if (known.containsKey(process.parentUniqueId())
                        || sessions.contains(process.session())
                        || adopted.contains(process.uniqueId())) {
                    more.add(process);
                    known.put(process.uniqueId(), 0);
                    addSession(sessions, process);
                }
            }
            others.removeAll(more);
            members.addAll(more);
            newcomers.addAll(more);
            grew = !more.isEmpty() && !others.isEmpty();
        }
        adopted.clear();
        remember(members);
        return newcomers;
    }

    /** A zombie's session may be gone and its number another's. Not so the leader's, which is its own pid. */
    private void addSession(Set<Integer> sessions, ProcessRecord member) {
        if (member.uniqueId() == leader.uniqueId()) {
            sessions.add(leader.pid());
        } else if (member.lives() && !foreignSessions.contains(member.session())) {
            sessions.add(member.session());
        }
    }

    private void remember(List<ProcessRecord> members) {
        known.replaceAll((id, looks) -> looks + 1);
        living = new LinkedHashMap<>();
        zombies = new ArrayList<>();
        for (ProcessRecord member : members) {
            known.put(member.uniqueId(), 0);
            if (member.lives()) {
                living.put(member.uniqueId(), member);
            } else if (member.uniqueId() != leader.uniqueId()) {
                zombies.add(member);
            }
        }
        known.values().removeIf(looks -> looks > LOOKS_KEPT);
        known.put(leader.uniqueId(), 0);
    }

    /** All who do not belong to it, of the look that was taken in last. */
    List<ProcessRecord> strangers(Collection<ProcessRecord> look) {
        return look.stream()
                .filter(process -> !known.containsKey(process.uniqueId()))
                .toList();
    }

    /** Those of the last look that live, the leader first. */
    List<ProcessRecord> living() {
        Deque<ProcessRecord> ordered = new ArrayDeque<>();
        living.forEach((id, process) -> {
            if (id == leader.uniqueId()) {
                ordered.addFirst(process);
            } else {
                ordered.addLast(process);
            }
        });
        return List.copyOf(ordered);
    }

    /** Those of the last look that have exited, and that somebody else than us has to reap. */
    List<ProcessRecord> zombies() {
        return List.copyOf(zombies);
    }
}
