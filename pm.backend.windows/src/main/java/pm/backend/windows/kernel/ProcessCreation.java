package pm.backend.windows.kernel;

import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * CreateProcessW. The new process is born in its jobs, and inherits nothing but what it is given. It does not run before it was seen to be
 * inside of them. Safe for use by any thread.
 */
public final class ProcessCreation {
    /** How a process comes into its jobs. */
    public enum Birth {
        /** Inside, by PROC_THREAD_ATTRIBUTE_JOB_LIST: Windows 10 and later. */
        IN_JOBS,
        /** Outside, but stopped; it runs only when it is inside. */
        ASSIGNED
    }

    /** winbase.h: EXTENDED_STARTUPINFO_PRESENT, CREATE_UNICODE_ENVIRONMENT, CREATE_SUSPENDED. */
    private static final int FLAGS = 0x80000 | 0x400 | 0x4;

    /** STARTUPINFOEXW: cb, dwFlags, three handles, lpAttributeList. */
    static final int STARTUP_INFO_SIZE = 112;

    static final int STARTUP_FLAGS = 60;
    static final int STARTUP_STREAMS = 80;
    static final int STARTUP_ATTRIBUTES = 104;
    private static final int USE_STREAMS = 0x100;

    /** PROCESS_INFORMATION: two handles, two numbers. */
    static final int PROCESS_INFORMATION_SIZE = 24;

    static final int PID = 16;
    private static final int THREAD = 8;
    private static final int NEVER_RAN = 1;

    private final Birth birth;

    /** As it is told. */
    public ProcessCreation(Birth birth) {
        this.birth = birth;
    }

    /** The best that this Windows knows. */
    public static Birth best(List<Job> jobs) {
        try (AttributeList list = new AttributeList(List.of(), handles(jobs))) {
            assert list.address() != 0;
            return Birth.IN_JOBS;
        } catch (WindowsException unknown) {
            return Birth.ASSIGNED;
        }
    }

    /**
     * Starts it.
     *
     * @param jobs from the outermost to the innermost
     * @throws WindowsException when it is not started; then nothing of it is left
     */
    public HeldProcess start(ProcessOrder order, List<Job> jobs) throws WindowsException {
        Fields information = create(order, birth == Birth.IN_JOBS ? handles(jobs) : List.of());
        Handle thread = Handle.of(information.wide(THREAD), "CreateProcessW");
        HeldProcess process =
                new HeldProcess(information.integer(PID), Handle.of(information.wide(0), "CreateProcessW"));
        try (thread) {
            enter(process, jobs);
            thread.use(handle -> {
                Handle.checked(Kernel32.ResumeThread(handle) < 0 ? 0 : 1, "ResumeThread");
                return null;
            });
            return process;
        } catch (WindowsException outside) {
            Kernel32.TerminateProcess(process.handle().value(), NEVER_RAN);
            process.close();
            throw outside;
        }
    }

    private void enter(HeldProcess process, List<Job> jobs) throws WindowsException {
        for (Job job : jobs) {
            if (birth == Birth.ASSIGNED) {
                job.handle().use(handle -> {
                    Handle.checked(
                            Kernel32.AssignProcessToJobObject(
                                    handle, process.handle().value()),
                            "AssignProcessToJobObject");
                    return null;
                });
            }
            if (!process.isIn(job)) {
                throw new WindowsException("CreateProcessW, born outside of its job", WindowsError.NOT_SUPPORTED);
            }
        }
    }

    private static Fields create(ProcessOrder order, List<Long> jobs) throws WindowsException {
        // A handle that comes twice is an invalid parameter.
        Set<Long> inherited = new LinkedHashSet<>();
        for (Handle handle : order.streams()) {
            handle.makeInheritable();
            inherited.add(handle.value());
        }
        for (Handle handle : order.further()) {
            handle.makeInheritable();
            inherited.add(handle.value());
        }
        Fields information = new Fields(PROCESS_INFORMATION_SIZE);
        try (AttributeList attributes = new AttributeList(new ArrayList<>(inherited), jobs)) {
            int created = Kernel32.CreateProcessW(
                    WideText.terminated(order.application()),
                    WideText.terminated(order.commandLine()),
                    0,
                    0,
                    1,
                    FLAGS | order.console().flags(),
                    WideText.raw(order.environment()),
                    order.directory().map(WideText::terminated).orElse(null),
                    startupInfo(order.streams(), attributes.address()),
                    information.bytes());
            if (created == 0) {
                throw new WindowsException("CreateProcessW " + order.application(), Native.getLastError());
            }
        }
        return information;
    }

    /** Its first member is its size. */
    static byte[] startupInfo(List<Handle> streams, long attributes) {
        Fields fields = new Fields(STARTUP_INFO_SIZE)
                .put(0, STARTUP_INFO_SIZE)
                .put(STARTUP_FLAGS, USE_STREAMS)
                .put(STARTUP_ATTRIBUTES, attributes);
        for (int number = 0; number < streams.size(); number++) {
            fields.put(
                    STARTUP_STREAMS + number * Long.BYTES, streams.get(number).value());
        }
        return fields.bytes();
    }

    private static List<Long> handles(List<Job> jobs) {
        return jobs.stream().map(job -> job.handle().value()).toList();
    }
}
