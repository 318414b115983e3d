package pm.backend.windows.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import pm.api.ResourceUsage;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.WindowsException;

/**
 * Summed up from the processes, where jobs don't count (Wine): each is held from the message of its birth to that of its end. One that ends
 * before the message of its birth is read is not counted.
 */
final class SummedAccount implements Account {
    /** JOB_OBJECT_MSG_NEW_PROCESS, …_EXIT_PROCESS, …_ABNORMAL_EXIT_PROCESS (winnt.h). */
    private static final int NEW = 6;

    private static final int EXIT = 7;
    private static final int ABNORMAL_EXIT = 8;

    private final Job job;
    private final Members members;
    private final Map<Integer, HeldProcess> held = new HashMap<>();
    private final Set<Integer> ending = new HashSet<>();
    private Duration user = Duration.ZERO;
    private Duration kernel = Duration.ZERO;

    SummedAccount(Job job, Members members) {
        this.job = job;
        this.members = members;
    }

    @Override
    public synchronized void told(int message, int pid) {
        switch (message) {
            case NEW -> HeldProcess.look(pid).ifPresent(process -> hold(pid, process));
            case EXIT, ABNORMAL_EXIT -> ending.add(pid);
            default -> {
                // Not about a birth or an end.
            }
        }
        // The message comes a moment before the end: what one has used is known once it is gone.
        ending.removeIf(this::settle);
    }

    private void hold(int pid, HeldProcess process) {
        try {
            if (process.isIn(job)) {
                settle(pid);
                held.put(pid, process);
                return;
            }
        } catch (WindowsException unknown) {
            // It is not counted.
        }
        process.close();
    }

    /** False when it has not ended yet. */
    private boolean settle(int pid) {
        HeldProcess process = held.get(pid);
        if (process == null) {
            return true;
        }
        try {
            if (!process.hasEnded()) {
                return false;
            }
            HeldProcess.Times times = process.times();
            user = user.plus(times.user());
            kernel = kernel.plus(times.kernel());
        } catch (WindowsException unknown) {
            // It is not counted.
        }
        held.remove(pid);
        process.close();
        return true;
    }

    @Override
    public synchronized ResourceUsage usage() throws WindowsException {
        List.copyOf(held.keySet()).forEach(this::settle);
        Duration userNow = user;
        Duration kernelNow = kernel;
        for (HeldProcess process : held.values()) {
            HeldProcess.Times times = process.times();
            userNow = userNow.plus(times.user());
            kernelNow = kernelNow.plus(times.kernel());
        }
        return Account.figures(
                userNow,
                kernelNow,
                OptionalLong.of(JobAccount.memory(members)),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                job.activeProcesses());
    }

    @Override
    public synchronized void close() {
        held.values().forEach(HeldProcess::close);
        held.clear();
    }
}
