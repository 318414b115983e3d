package pm.backend.windows.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Codes of GetLastError that we decide by, or that users meet. From winerror.h. */
public final class WindowsError {
    public static final int INVALID_FUNCTION = 1;
    public static final int FILE_NOT_FOUND = 2;
    public static final int PATH_NOT_FOUND = 3;
    public static final int ACCESS_DENIED = 5;
    public static final int INVALID_HANDLE = 6;
    public static final int BAD_FORMAT = 11;
    public static final int SHARING_VIOLATION = 32;
    public static final int NOT_SUPPORTED = 50;
    public static final int INVALID_PARAMETER = 87;
    public static final int BROKEN_PIPE = 109;
    public static final int INVALID_NAME = 123;
    public static final int DIR_NOT_ROOT = 144;
    public static final int BAD_PATHNAME = 161;
    public static final int INVALID_EXE_SIGNATURE = 191;
    public static final int EXE_MARKED_INVALID = 192;
    public static final int BAD_EXE_FORMAT = 193;
    public static final int FILENAME_EXCED_RANGE = 206;
    public static final int EXE_MACHINE_TYPE_MISMATCH = 216;
    public static final int VIRUS_INFECTED = 225;
    public static final int PIPE_BUSY = 231;
    public static final int NO_DATA = 232;
    public static final int MORE_DATA = 234;
    public static final int WAIT_TIMEOUT = 258;
    public static final int DIRECTORY = 267;
    public static final int ELEVATION_REQUIRED = 740;
    public static final int OPERATION_ABORTED = 995;
    public static final int IO_PENDING = 997;
    public static final int NOT_FOUND = 1168;
    public static final int ACCESS_DISABLED_BY_POLICY = 1260;
    public static final int NOT_ENOUGH_QUOTA = 1816;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(INVALID_FUNCTION, "ERROR_INVALID_FUNCTION"),
            Map.entry(FILE_NOT_FOUND, "ERROR_FILE_NOT_FOUND"),
            Map.entry(PATH_NOT_FOUND, "ERROR_PATH_NOT_FOUND"),
            Map.entry(ACCESS_DENIED, "ERROR_ACCESS_DENIED"),
            Map.entry(INVALID_HANDLE, "ERROR_INVALID_HANDLE"),
            Map.entry(BAD_FORMAT, "ERROR_BAD_FORMAT"),
            Map.entry(SHARING_VIOLATION, "ERROR_SHARING_VIOLATION"),
            Map.entry(NOT_SUPPORTED, "ERROR_NOT_SUPPORTED"),
            Map.entry(INVALID_PARAMETER, "ERROR_INVALID_PARAMETER"),
            Map.entry(BROKEN_PIPE, "ERROR_BROKEN_PIPE"),
            Map.entry(INVALID_NAME, "ERROR_INVALID_NAME"),
            Map.entry(BAD_PATHNAME, "ERROR_BAD_PATHNAME"),
            Map.entry(INVALID_EXE_SIGNATURE, "ERROR_INVALID_EXE_SIGNATURE"),
            Map.entry(EXE_MARKED_INVALID, "ERROR_EXE_MARKED_INVALID"),
            Map.entry(BAD_EXE_FORMAT, "ERROR_BAD_EXE_FORMAT"),
            Map.entry(FILENAME_EXCED_RANGE, "ERROR_FILENAME_EXCED_RANGE"),
            Map.entry(EXE_MACHINE_TYPE_MISMATCH, "ERROR_EXE_MACHINE_TYPE_MISMATCH"),
            Map.entry(VIRUS_INFECTED, "ERROR_VIRUS_INFECTED"),
            Map.entry(PIPE_BUSY, "ERROR_PIPE_BUSY"),
            Map.entry(NO_DATA, "ERROR_NO_DATA"),
            Map.entry(DIRECTORY, "ERROR_DIRECTORY"),
            Map.entry(ELEVATION_REQUIRED, "ERROR_ELEVATION_REQUIRED"),
            Map.entry(OPERATION_ABORTED, "ERROR_OPERATION_ABORTED"),
            Map.entry(ACCESS_DISABLED_BY_POLICY, "ERROR_ACCESS_DISABLED_BY_POLICY"),
            Map.entry(NOT_ENOUGH_QUOTA, "ERROR_NOT_ENOUGH_QUOTA"));

    private WindowsError() {}

    /** The system's words, in its language, then name and number. */
    public static String reason(int error) {
        String label = name(error).map(name -> name + ", " + error).orElse("error " + error);
        return SystemText.of(error)
                .map(text -> text.toLowerCase(Locale.ROOT) + " (" + label + ")")
                .orElse(label);
    }

    /** As winerror.h has it, for those above. */
    public static Optional<String> name(int error) {
        return Optional.ofNullable(NAMES.get(error));
    }
}
