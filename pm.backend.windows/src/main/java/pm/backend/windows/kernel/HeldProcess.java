package pm.backend.windows.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A process of which we hold a handle: while we do, its pid is nobody else's. Safe for use by any thread. */
public final class HeldProcess implements AutoCloseable {
    /** winnt.h: SYNCHRONIZE, PROCESS_QUERY_INFORMATION, PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_SUSPEND_RESUME. */
    private static final int SYNCHRONIZE = 0x100000;

    private static final int QUERY = 0x400;
    private static final int QUERY_LIMITED = 0x1000;
    private static final int SUSPEND_RESUME = 0x800;
    private static final int WAIT_OBJECT_0 = 0;

    /** winternl.h, and PROCESS_BASIC_INFORMATION: five members of 8 bytes, then the parent's pid. */
    private static final int BASIC_INFORMATION = 0;

    private static final int BASIC_INFORMATION_SIZE = 48;
    private static final int INHERITED_FROM = 40;

    /** psapi.h, PROCESS_MEMORY_COUNTERS_EX. */
    static final int MEMORY_COUNTERS_SIZE = 80;

    static final int PRIVATE_USAGE = 72;
    private static final int LONGEST_PATH = 32_768;

    private final int pid;
    private final Handle handle;

    HeldProcess(int pid, Handle handle) {
        this.pid = pid;
        this.handle = handle;
    }

    /** CPU times. */
    public record Times(Duration user, Duration kernel) {}

    /** Opens one to look at, if it is there and we may. */
    public static Optional<HeldProcess> look(int pid) {
        return open(pid, 0);
    }

    /** Opens one to stop it and let it go on, if it is there and we may. */
    public static Optional<HeldProcess> forSuspension(int pid) {
        return open(pid, SUSPEND_RESUME);
    }

    /** Wine tells who is in a job only by the greater right, and Windows grants only the lesser one for processes with more rights than ours. */
    private static Optional<HeldProcess> open(int pid, int further) {
        return openFor(pid, SYNCHRONIZE | QUERY | further)
                .or(() -> openFor(pid, SYNCHRONIZE | QUERY_LIMITED | further));
    }

    private static Optional<HeldProcess> openFor(int pid, int access) {
        try {
            return Optional.of(
                    new HeldProcess(pid, Handle.of(Kernel32.OpenProcess(access, 0, pid), "OpenProcess " + pid)));
        } catch (WindowsException goneOrNotOurs) {
            return Optional.empty();
        }
    }

    /** Its pid. */
    public int pid() {
        return pid;
    }

    Handle handle() {
        return handle;
    }

    /** Whether it is inside of a job. */
    public boolean isIn(Job job) throws WindowsException {
        int[] result = new int[1];
        handle.use(process -> job.handle().use(jobHandle -> {
            Handle.checked(Kernel32.IsProcessInJob(process, jobHandle, result), "IsProcessInJob");
            return null;
        }));
        return result[0] != 0;
    }

    /** Whether it has ended. */
    public boolean hasEnded() throws WindowsException {
        return handle.use(process -> Kernel32.WaitForSingleObject(process, 0) == WAIT_OBJECT_0);
    }

    /** With what it ended: unsigned 32 bits. */
    public int exitCode() throws WindowsException {
        int[] code = new int[1];
        handle.use(process -> {
            Handle.checked(Kernel32.GetExitCodeProcess(process, code), "GetExitCodeProcess " + pid);
            return null;
        });
        return code[0];
    }

    /** Ends it. */
    public void terminate(int exitCode) throws WindowsException {
        handle.use(process -> {
            Handle.checked(Kernel32.TerminateProcess(process, exitCode), "TerminateProcess " + pid);
            return null;
        });
    }

    /** Stops all of its threads, once more. False when the system refuses, since it is ending. */
    public boolean suspend() throws WindowsException {
        return handle.use(process -> Ntdll.NtSuspendProcess(process) >= 0);
    }

    /** Takes one stop back. False when the system refuses, since it is ending. */
    public boolean resume() throws WindowsException {
        return handle.use(process -> Ntdll.NtResumeProcess(process) >= 0);
    }

    /** The CPU that it has used, also after its end. */
    public Times times() throws WindowsException {
        long[] user = new long[1];
        long[] kernel = new long[1];
        readTimes(new long[1], kernel, user);
        return new Times(FileTime.duration(user[0]), FileTime.duration(kernel[0]));
    }

    /** When it started. */
    public Instant startTime() throws WindowsException {
        long[] creation = new long[1];
        readTimes(creation, new long[1], new long[1]);
        return FileTime.instant(creation[0]);
    }

    private void readTimes(long[] creation, long[] kernel, long[] user) throws WindowsException {
        handle.use(process -> {
            Handle.checked(
                    Kernel32.GetProcessTimes(process, creation, new long[1], kernel, user), "GetProcessTimes " + pid);
            return null;
        });
    }

    /** Memory that it alone has committed, in bytes. */
    public OptionalLong memory() throws WindowsException {
        Fields counters = new Fields(MEMORY_COUNTERS_SIZE).put(0, MEMORY_COUNTERS_SIZE);
        int result = handle.use(
                process -> Kernel32.K32GetProcessMemoryInfo(process, counters.bytes(), MEMORY_COUNTERS_SIZE));
        return result == 0 ? OptionalLong.empty() : OptionalLong.of(counters.wide(PRIVATE_USAGE));
    }

    /** The pid that its parent has or had: it may be another's by now. */
    public OptionalInt parentPid() throws WindowsException {
        Fields basic = new Fields(BASIC_INFORMATION_SIZE);
        int status = handle.use(process -> Ntdll.NtQueryInformationProcess(
                process, BASIC_INFORMATION, basic.bytes(), BASIC_INFORMATION_SIZE, new int[1]));
        return status < 0 ? OptionalInt.empty() : OptionalInt.of((int) basic.wide(INHERITED_FROM));
    }

    /** The file that it runs. */
    public Optional<String> image() throws WindowsException {
        byte[] name = new byte[LONGEST_PATH * Character.BYTES];
        int[] characters = {LONGEST_PATH};
        int result = handle.use(process -> Kernel32.QueryFullProcessImageNameW(process, 0, name, characters));
        return result == 0 ? Optional.empty() : Optional.of(WideText.read(name, characters[0]));
    }

    /** Its command line, where the system tells (Windows 8.1). */
    public Optional<String> commandLine() throws WindowsException {
        return handle.use(CommandLineQuery::of);
    }

    /** Lets go of it; the process is not touched. Idempotent. */
    @Override
    public void close() {
        handle.close();
    }
}
