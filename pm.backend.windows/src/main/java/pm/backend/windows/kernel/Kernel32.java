package pm.backend.windows.kernel;

/**
 * kernel32 as it is: results are the caller's to judge. Handles and addresses are {@code long}: there is no 32-bit backend. Text is
 * UTF-16 in byte arrays, with its NUL: see {@link WideText}.
 */
final class Kernel32 {
    static final NativeBinding BINDING = new NativeBinding(Kernel32.class, "kernel32");

    static {
        BINDING.bind();
    }

    private Kernel32() {}

    static native int CloseHandle(long handle);

    static native int DuplicateHandle(
            long process, long handle, long target, long[] duplicate, int access, int inherit, int options);

    static native int SetHandleInformation(long handle, int mask, int flags);

    static native long GetCurrentProcess();

    static native long GetStdHandle(int number);

    static native int GetConsoleMode(long handle, int[] mode);

    static native int GenerateConsoleCtrlEvent(int event, int group);

    static native int GetActiveProcessorCount(short group);

    static native int GetSystemDirectoryW(byte[] buffer, int characters);

    static native int FormatMessageW(
            int flags, long source, int message, int language, byte[] buffer, int characters, long arguments);

    static native long CreateJobObjectW(long attributes, long name);

    static native int SetInformationJobObject(long job, int kind, byte[] information, int size);

    static native int QueryInformationJobObject(long job, int kind, byte[] information, int size, int[] returned);

    static native int AssignProcessToJobObject(long job, long process);

    static native int TerminateJobObject(long job, int exitCode);

    static native int IsProcessInJob(long process, long job, int[] result);

    static native long CreateIoCompletionPort(long file, long port, long key, int threads);

    static native int GetQueuedCompletionStatus(
            long port, int[] bytes, long[] key, long[] overlapped, int milliseconds);

    static native int PostQueuedCompletionStatus(long port, int bytes, long key, long overlapped);

    static native int SetFileCompletionNotificationModes(long file, byte flags);

    static native long CreateFileW(
            byte[] name, int access, int share, long security, int disposition, int flags, long template);

    static native long CreateNamedPipeW(
            byte[] name, int open, int mode, int instances, int out, int in, int timeout, long security);

    static native int PeekNamedPipe(long pipe, long buffer, int size, long read, int[] available, long leftInMessage);

    static native int ReadFile(long file, long buffer, int size, int[] read, long overlapped);

    static native int WriteFile(long file, long buffer, int size, int[] written, long overlapped);

    static native int GetOverlappedResultEx(long file, long overlapped, int[] bytes, int milliseconds, int alertable);

    static native int CancelIoEx(long file, long overlapped);

    static native int InitializeProcThreadAttributeList(long list, int count, int flags, long[] size);

    static native int UpdateProcThreadAttribute(
            long list, int flags, long attribute, long value, long size, long previous, long returned);

    static native void DeleteProcThreadAttributeList(long list);

    static native int CreateProcessW(
            byte[] application,
            byte[] commandLine,
            long processAttributes,
            long threadAttributes,
            int inheritHandles,
            int flags,
            byte[] environment,
            byte[] directory,
            byte[] startupInfo,
            byte[] processInformation);

    static native int ResumeThread(long thread);

    static native long OpenProcess(int access, int inherit, int pid);

    static native int TerminateProcess(long process, int exitCode);

    static native int WaitForSingleObject(long handle, int milliseconds);

    static native int GetExitCodeProcess(long process, int[] exitCode);

    static native int GetProcessTimes(long process, long[] creation, long[] exit, long[] kernel, long[] user);

    static native int QueryFullProcessImageNameW(long process, int flags, byte[] name, int[] characters);

    static native int K32GetProcessMemoryInfo(long process, byte[] counters, int size);
}
