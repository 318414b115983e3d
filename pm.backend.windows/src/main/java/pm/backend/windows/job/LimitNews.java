package pm.backend.windows.job;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import pm.api.LimitKind;
import pm.api.LimitViolation;

/** Limits that a tree has met, as messages of its job tell. Safe for use by any thread. */
final class LimitNews {
    /** JOB_OBJECT_MSG_ACTIVE_PROCESS_LIMIT, …_PROCESS_MEMORY_LIMIT and …_JOB_MEMORY_LIMIT (winnt.h). */
    static final int ACTIVE_PROCESS_LIMIT = 3;

    static final int PROCESS_MEMORY_LIMIT = 9;
    static final int JOB_MEMORY_LIMIT = 10;

    private final Consumer<LimitViolation> violated;
    private final Map<LimitKind, LimitViolation> met = new EnumMap<>(LimitKind.class);

    LimitNews(Consumer<LimitViolation> violated) {
        this.violated = violated;
    }

    /** A message of the job. */
    void told(int message, int pid) {
        switch (message) {
            case ACTIVE_PROCESS_LIMIT -> add(LimitKind.PROCESSES, "one process more was refused");
            case PROCESS_MEMORY_LIMIT -> memoryWasRefused(LimitKind.PROCESS_MEMORY, pid);
            case JOB_MEMORY_LIMIT -> memoryWasRefused(LimitKind.MEMORY, pid);
            default -> {
                // Of births and ends others hear.
            }
        }
    }

    private void memoryWasRefused(LimitKind kind, int pid) {
        add(kind, "memory was refused to process " + Integer.toUnsignedString(pid));
    }

    private void add(LimitKind kind, String detail) {
        LimitViolation violation;
        synchronized (this) {
            long times = met.containsKey(kind) ? met.get(kind).times() + 1 : 1;
            violation = new LimitViolation(kind, times, detail, Optional.empty());
            met.put(kind, violation);
        }
        violated.accept(violation);
    }

    synchronized List<LimitViolation> met() {
        return new ArrayList<>(met.values());
    }
}
