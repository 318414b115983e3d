package pm.backend.windows.kernel;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * JOBOBJECT_EXTENDED_LIMIT_INFORMATION (winnt.h). Every job of ours ends its processes when its last handle is closed, and lets none break
 * away unless it is told to.
 *
 * @param memory committed by all processes together, in bytes
 * @param processMemory committed by each process, in bytes
 * @param processes alive at a time
 * @param affinity processors on which every process runs, bit 0 is the first
 * @param priorityClass of every process, as SetPriorityClass has them
 * @param breakaway whether CREATE_BREAKAWAY_FROM_JOB starts a process outside; in nested jobs the innermost decides whether it may, and it
 *     leaves those around as far as they let it
 */
public record JobLimits(
        OptionalLong memory,
        OptionalLong processMemory,
        OptionalInt processes,
        OptionalLong affinity,
        OptionalInt priorityClass,
        boolean breakaway) {
    /** Nothing but the end with the last handle. */
    public static final JobLimits NONE = onlyBreakaway(false);

    /** And besides, processes may leave. */
    public static final JobLimits BREAKAWAY = onlyBreakaway(true);

    static final int KIND = 9;
    static final int SIZE = 144;
    static final int LIMIT_FLAGS = 16;
    static final int ACTIVE_PROCESS_LIMIT = 40;
    static final int AFFINITY = 48;
    static final int PRIORITY_CLASS = 56;
    static final int PROCESS_MEMORY_LIMIT = 112;
    static final int JOB_MEMORY_LIMIT = 120;
    static final int PEAK_JOB_MEMORY_USED = 136;

    static final int LIMIT_ACTIVE_PROCESS = 0x8;
    static final int LIMIT_AFFINITY = 0x10;
    static final int LIMIT_PRIORITY_CLASS = 0x20;
    static final int LIMIT_PROCESS_MEMORY = 0x100;
    static final int LIMIT_JOB_MEMORY = 0x200;
    static final int LIMIT_BREAKAWAY_OK = 0x800;
    static final int LIMIT_KILL_ON_JOB_CLOSE = 0x2000;

    private static JobLimits onlyBreakaway(boolean breakaway) {
        OptionalLong none = OptionalLong.empty();
        return new JobLimits(none, none, OptionalInt.empty(), none, OptionalInt.empty(), breakaway);
    }

    /** As SetInformationJobObject takes it. */
    byte[] bytes() {
        Fields fields = new Fields(SIZE);
        int flags = LIMIT_KILL_ON_JOB_CLOSE;
        if (breakaway) {
            flags |= LIMIT_BREAKAWAY_OK;
        }
        if (memory.isPresent()) {
            flags |= LIMIT_JOB_MEMORY;
            fields.put(JOB_MEMORY_LIMIT, memory.getAsLong());
        }
        if (processMemory.isPresent()) {
            flags |= LIMIT_PROCESS_MEMORY;
            fields.put(PROCESS_MEMORY_LIMIT, processMemory.getAsLong());
        }
        if (affinity.isPresent()) {
            flags |= LIMIT_AFFINITY;
            fields.put(AFFINITY, affinity.getAsLong());
        }
        if (processes.isPresent()) {
            flags |= LIMIT_ACTIVE_PROCESS;
            fields.put(ACTIVE_PROCESS_LIMIT, processes.getAsInt());
        }
        if (priorityClass.isPresent()) {
            flags |= LIMIT_PRIORITY_CLASS;
            fields.put(PRIORITY_CLASS, priorityClass.getAsInt());
        }
        return fields.put(LIMIT_FLAGS, flags).bytes();
    }
}
