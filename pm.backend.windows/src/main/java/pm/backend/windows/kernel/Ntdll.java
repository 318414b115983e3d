package pm.backend.windows.kernel;

/** What only ntdll has. Results are NTSTATUS codes: negative ones are failures. */
final class Ntdll {
    static final NativeBinding BINDING = new NativeBinding(Ntdll.class, "ntdll");

    static {
        BINDING.bind();
    }

    private Ntdll() {}

    static native int NtSuspendProcess(long process);

    static native int NtResumeProcess(long process);

    static native int NtQueryInformationProcess(long process, int kind, byte[] information, int size, int[] returned);

    static native int NtQueryInformationProcess(long process, int kind, long address, int size, int[] returned);
}
