package pm.backend.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Optional;

/** Asks for the command line of a process. */
final class CommandLineQuery {
    /** ProcessCommandLineInformation (ntddk.h, PROCESSINFOCLASS): a UNICODE_STRING, then its characters. */
    private static final int KIND = 60;
    /** A UNICODE_STRING: two lengths in bytes, a gap, the address. */
    private static final int HEAD = 16;

    private static final int ADDRESS = 8;
    private static final int LENGTH_MASK = 0xffff;
    private static final int SIZE = HEAD + 2 * 32_768;

    private CommandLineQuery() {}

    static Optional<String> of(long process) {
        try (Memory memory = new Memory(SIZE)) {
            long start = Pointer.nativeValue(memory);
            int status = Ntdll.NtQueryInformationProcess(process, KIND, start, SIZE, new int[1]);
            if (status < 0) {
                return Optional.empty();
            }
            int bytes = memory.getShort(0) & LENGTH_MASK;
            long offset = memory.getLong(ADDRESS) - start;
            if (offset < HEAD || offset + bytes > SIZE) {
                return Optional.empty();
            }
            int characters = bytes / Character.BYTES;
            return Optional.of(WideText.read(memory.getByteArray(offset, bytes), characters));
        }
    }
}
