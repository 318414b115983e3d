package pm.backend.windows.commandline;

import java.util.List;
import java.util.Locale;

/**
 * Batch files. Windows starts them by cmd.exe, which reads its command line by rules of its own: an argument can become a command
 * (CVE-2024-24576). So cmd.exe is started by us, every argument is in quotes, where nothing has a meaning for cmd.exe but a quotation mark, a
 * percent sign and the end of a line, and arguments with one of these are refused: there is no way to write them that is safe in every
 * batch file.
 */
public final class BatchFile {
    private BatchFile() {}

    /** Whether Windows takes the file for one: dots and spaces at the end of a name mean nothing to it (CVE-2024-43402). */
    public static boolean is(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.startsWith(".bat", end - ".bat".length()) || name.startsWith(".cmd", end - ".cmd".length());
    }

    /**
     * The command line for cmd.exe: no AutoRun commands (/d), extensions as every batch file expects them (/e), no expansion of {@code !}
     * (/v), and the outermost quotes are not part of the command (/s).
     *
     * @param interpreter path of cmd.exe
     * @param file the batch file
     * @throws RefusedCommandException when one cannot be written safely
     */
    public static String commandLine(String interpreter, String file, List<String> arguments)
            throws RefusedCommandException {
        StringBuilder line = new StringBuilder(CommandLine.program(interpreter)).append(" /d /e:on /v:off /s /c \"");
        line.append('"').append(requireSafe(file)).append('"');
        for (String argument : arguments) {
            line.append(' ').append(CommandLine.inQuotes(requireSafe(argument)));
        }
        return CommandLine.requireShort(line.append('"').toString());
    }

    private static String requireSafe(String word) throws RefusedCommandException {
        CommandLine.requireText(word);
        for (int index = 0; index < word.length(); index++) {
            char c = word.charAt(index);
            if (c == '"' || c == '%' || c == '\r' || c == '\n') {
                throw new RefusedCommandException("it is a batch file, and a word of its command has "
                        + name(c) + " in it, which cmd.exe could take for a part of the command: hand it over in a"
                        + " variable of the environment or a file, or start the program that the batch file starts");
            }
        }
        return word;
    }

    private static String name(char c) {
        return switch (c) {
            case '"' -> "a quotation mark";
            case '%' -> "a percent sign";
            default -> "the end of a line";
        };
    }
}
