package pm.backend.windows.commandline;

import java.util.List;

/**
 * Joins arguments to the one text that a Windows program gets, so that it reads them back unchanged by the rules of CommandLineToArgvW and of
 * the C runtime ("Parsing C command-line arguments"). They agree on what is written here: every argument that could be misread is in quotes,
 * quotes inside of it stand behind a backslash, and backslashes are doubled only where a quote follows.
 */
public final class CommandLine {
    /** CreateProcessW, lpCommandLine: with the NUL at the end. */
    private static final int LONGEST = 32_767;

    private CommandLine() {}

    /**
     * Joins them.
     *
     * @param command program and arguments
     * @throws RefusedCommandException when a program could not read them back
     */
    public static String of(List<String> command) throws RefusedCommandException {
        StringBuilder line = new StringBuilder(program(command.get(0)));
        for (String argument : command.subList(1, command.size())) {
            line.append(' ').append(quoted(requireText(argument)));
        }
        return requireShort(line.toString());
    }

    /** The first word is read by a rule of its own: up to the next quote, and a backslash means nothing there. */
    static String program(String name) throws RefusedCommandException {
        if (requireText(name).indexOf('"') >= 0) {
            throw new RefusedCommandException("its name has a quotation mark in it, which no file of Windows has");
        }
        return name.isEmpty() || name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0 ? '"' + name + '"' : name;
    }

    static String requireText(String word) throws RefusedCommandException {
        if (word.indexOf('\0') >= 0) {
            throw new RefusedCommandException("a word of the command contains a NUL character, take that out");
        }
        return word;
    }

    static String requireShort(String line) throws RefusedCommandException {
        if (line.length() >= LONGEST) {
            throw new RefusedCommandException("its command line has " + line.length() + " characters, Windows takes "
                    + (LONGEST - 1) + ": hand long arguments over in a file or on standard input");
        }
        return line;
    }

    /** An argument, in quotes if it needs any. */
    static String quoted(String argument) {
        return needsQuotes(argument) ? inQuotes(argument) : argument;
    }

    /** Wildcards, too: many programs put the names of files for them, but not when they are in quotes. */
    private static boolean needsQuotes(String argument) {
        return argument.isEmpty() || argument.chars().anyMatch(c -> " \t\n\u000b\"*?".indexOf(c) >= 0);
    }

    static String inQuotes(String argument) {
        StringBuilder text = new StringBuilder("\"");
        int backslashes = 0;
        for (int index = 0; index < argument.length(); index++) {
            char c = argument.charAt(index);
            if (c == '\\') {
                backslashes++;
                continue;
            }
            text.append("\\".repeat(c == '"' ? 2 * backslashes + 1 : backslashes))
                    .append(c);
            backslashes = 0;
        }
        return text.append("\\".repeat(2 * backslashes)).append('"').toString();
    }
}
