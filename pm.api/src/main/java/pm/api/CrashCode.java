package pm.api;

import java.util.Map;
import java.util.Optional;

/**
 * What Windows says with the exit code of a process that did not end by itself (ntstatus.h, and the codes of languages). As ints these codes
 * are negative, which no exit code on Unix is.
 */
final class CrashCode {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x80000003, "breakpoint"),
            Map.entry(0xc0000005, "access violation"),
            Map.entry(0xc0000006, "in-page error"),
            Map.entry(0xc0000008, "invalid handle"),
            Map.entry(0xc0000017, "out of memory"),
            Map.entry(0xc000001d, "illegal instruction"),
            Map.entry(0xc000008c, "array bounds exceeded"),
            Map.entry(0xc000008e, "floating-point division by zero"),
            Map.entry(0xc0000094, "integer division by zero"),
            Map.entry(0xc0000095, "integer overflow"),
            Map.entry(0xc0000096, "privileged instruction"),
            Map.entry(0xc00000fd, "stack overflow"),
            Map.entry(0xc0000135, "DLL not found"),
            Map.entry(0xc0000138, "ordinal not found in DLL"),
            Map.entry(0xc0000139, "entry point not found in DLL"),
            Map.entry(0xc000013a, "Ctrl-C"),
            Map.entry(0xc0000142, "DLL initialization failed"),
            Map.entry(0xc0000374, "heap corruption"),
            Map.entry(0xc0000409, "stack buffer overrun or fail fast"),
            Map.entry(0xc0000417, "invalid parameter to the C runtime"),
            Map.entry(0xc0000602, "fail fast"),
            Map.entry(0xc06d007e, "delay-loaded DLL not found"),
            Map.entry(0xc06d007f, "entry point not found in delay-loaded DLL"),
            Map.entry(0xe0434352, "unhandled .NET exception"),
            Map.entry(0xe06d7363, "unhandled C++ exception"));

    private CrashCode() {}

    /** For a person; empty when it is none, or none that has a name. */
    static Optional<String> name(int code) {
        return Optional.ofNullable(NAMES.get(code));
    }
}
