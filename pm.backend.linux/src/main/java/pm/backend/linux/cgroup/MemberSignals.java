package pm.backend.linux.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import pm.backend.linux.kernel.BriefDescriptors;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.KernelException;

/** Sends signals to the processes of a group one by one, and never to another that got the pid of one. */
final class MemberSignals {
    // So many descriptors at a time, of the 1,024 that a process may have where nobody raised the limit.
    private static final int AT_A_TIME = 64;
    // Processes that are forked meanwhile get it too; only a fork storm needs more passes, and that is killed in the
    // end.
    private static final int MOST_PASSES = 10;

    private final CgroupFolder folder;

    MemberSignals(CgroupFolder folder) {
        this.folder = folder;
    }

    /**
     * Sends signals, once to each process.
     *
     * @param wanted which pids
     * @param signals by number, in this order
     * @return reasons of refusals
     */
    List<String> send(LongPredicate wanted, int... signals) throws IOException {
        List<String> refusals = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            List<Long> fresh = folder.pids().stream().filter(seen::add).toList();
            if (fresh.isEmpty()) {
                break;
            }
            List<Long> chosen = fresh.stream().filter(wanted::test).toList();
            for (int from = 0; from < chosen.size(); ) {
                from += sendTo(chosen.subList(from, Math.min(from + AT_A_TIME, chosen.size())), refusals, signals);
            }
        }
        return refusals;
    }

    /**
     * Holds processes, then looks who is still inside: what is held and the group lists is one of ours.
     *
     * @return how many at the beginning of the list were reached; not all, when there are no more descriptors
     */
    private int sendTo(List<Long> pids, List<String> refusals, int... signals) throws IOException {
        Map<Long, HeldProcess> held = new HashMap<>();
        int reached = 0;
        try {
            boolean shortage = false;
            while (reached < pids.size() && !shortage) {
                long pid = pids.get(reached);
                try {
                    held.put(pid, HeldProcess.openBriefly(pid));
                } catch (KernelException e) {
                    // Those that are held are let go first, and give their descriptors for the next.
                    shortage = BriefDescriptors.isShortage(e) && !held.isEmpty();
                    if (!shortage) {
                        note(e, refusals);
                    }
                }
                reached += shortage ? 0 : 1;
            }
            // The list of the group needs one as well: the last one held gives it.
            Set<Long> inside = new HashSet<>(folder.pids());
            held.forEach((pid, process) -> {
                if (inside.contains(pid)) {
                    send(process, refusals, signals);
                }
            });
        } finally {
            held.values().forEach(HeldProcess::close);
        }
        return reached;
    }

    private static void send(HeldProcess process, List<String> refusals, int... signals) {
        for (int signal : signals) {
            try {
                process.signal(signal);
            } catch (KernelException e) {
                note(e, refusals);
            }
        }
    }

    private static void note(KernelException e, List<String> refusals) {
        if (e.errno() != Errno.ESRCH) {
            refusals.add(e.getMessage());
        }
    }
}
