package pm.backend.windows.kernel;

import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.List;

/**
 * A Job Object of which this is the only handle: when it is closed, or the JVM dies, every process inside is ended. The handle is not
 * inherited by anyone. Safe for use by any thread.
 */
public final class Job implements AutoCloseable {
    /** JOBOBJECTINFOCLASS (winnt.h). */
    static final int BASIC_ACCOUNTING = 1;

    static final int BASIC_PROCESS_ID_LIST = 3;
    static final int ASSOCIATE_COMPLETION_PORT = 7;

    static final int BASIC_ACCOUNTING_SIZE = 48;
    static final int ACTIVE_PROCESSES = 40;
    static final int ASSOCIATE_COMPLETION_PORT_SIZE = 16;
    static final int COMPLETION_PORT = 8;
    /** Two counts, then pointers in which the pids are. */
    static final int PROCESS_ID_LIST_HEAD = 8;

    private static final int IN_LIST = 4;
    private static final int FIRST_GUESS = 64;

    private final Handle handle;

    private Job(Handle handle) {
        this.handle = handle;
    }

    /** An empty one. */
    public static Job create() throws WindowsException {
        Job job = new Job(Handle.of(Kernel32.CreateJobObjectW(0, 0), "CreateJobObjectW"));
        try {
            job.limit(JobLimits.NONE);
        } catch (WindowsException refused) {
            job.close();
            throw refused;
        }
        return job;
    }

    Handle handle() {
        return handle;
    }

    /** Sets these limits, and lifts all others but the rate of CPUs. */
    public void limit(JobLimits limits) throws WindowsException {
        set(JobLimits.KIND, limits.bytes(), "the limits of a job");
    }

    /** Sets or lifts the cap of CPU time. */
    public void limit(CpuRate rate) throws WindowsException {
        set(CpuRate.KIND, rate.bytes(), "the CPU rate of a job");
    }

    /** What happens in it comes to the port from now on, under this key. Done once, before anything is inside. */
    public void tell(CompletionPort port, long key) throws WindowsException {
        port.handle().use(portHandle -> {
            Fields association =
                    new Fields(ASSOCIATE_COMPLETION_PORT_SIZE).put(0, key).put(COMPLETION_PORT, portHandle);
            set(ASSOCIATE_COMPLETION_PORT, association.bytes(), "the port of a job");
            return null;
        });
    }

    private void set(int kind, byte[] information, String what) throws WindowsException {
        handle.use(job -> {
            Handle.checked(
                    Kernel32.SetInformationJobObject(job, kind, information, information.length),
                    "SetInformationJobObject, " + what);
            return null;
        });
    }

    private Fields query(int kind, int size) throws WindowsException {
        Fields fields = new Fields(size);
        handle.use(job -> {
            Handle.checked(
                    Kernel32.QueryInformationJobObject(job, kind, fields.bytes(), size, new int[1]),
                    "QueryInformationJobObject");
            return null;
        });
        return fields;
    }

    /** How many processes live inside. */
    public int activeProcesses() throws WindowsException {
        return query(BASIC_ACCOUNTING, BASIC_ACCOUNTING_SIZE).integer(ACTIVE_PROCESSES);
    }

    /** What everything inside has used. */
    public JobAccounting accounting() throws WindowsException {
        return JobAccounting.of(query(JobAccounting.KIND, JobAccounting.SIZE));
    }

    /** Most memory that was committed at a time, in bytes; 0 when the system does not count it. */
    public long peakMemory() throws WindowsException {
        return query(JobLimits.KIND, JobLimits.SIZE).wide(JobLimits.PEAK_JOB_MEMORY_USED);
    }

    /** The pids of what lives inside. */
    public List<Integer> pids() throws WindowsException {
        int room = FIRST_GUESS;
        while (true) {
            Fields list = new Fields(PROCESS_ID_LIST_HEAD + room * Long.BYTES);
            int error = handle.use(job -> Kernel32.QueryInformationJobObject(
                                    job, BASIC_PROCESS_ID_LIST, list.bytes(), list.size(), new int[1])
                            != 0
                    ? 0
                    : Native.getLastError());
            int assigned = list.integer(0);
            int listed = list.integer(IN_LIST);
            if (error == 0 && listed >= assigned) {
                return pids(list, listed);
            }
            if (error != 0 && error != WindowsError.MORE_DATA) {
                throw new WindowsException("QueryInformationJobObject, the processes of a job", error);
            }
            room = Math.max(2 * room, assigned);
        }
    }

    private static List<Integer> pids(Fields list, int count) {
        List<Integer> pids = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            pids.add((int) list.wide(PROCESS_ID_LIST_HEAD + index * Long.BYTES));
        }
        return pids;
    }

    /** Ends everything inside; nothing when nothing is. What is started meanwhile ends too. */
    public void terminate(int exitCode) throws WindowsException {
        handle.use(job -> {
            Handle.checked(Kernel32.TerminateJobObject(job, exitCode), "TerminateJobObject");
            return null;
        });
    }

    /** Ends what is inside. Idempotent. */
    @Override
    public void close() {
        handle.close();
    }
}
