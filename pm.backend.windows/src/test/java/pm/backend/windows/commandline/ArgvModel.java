package pm.backend.windows.commandline;

import java.util.ArrayList;
import java.util.List;

/**
 * How programs read their command line, written from the documentation ("CommandLineToArgvW", "Parsing C command-line arguments"). The two
 * differ in what two quotes in a row mean inside of quotes.
 */
final class ArgvModel {
    private final String line;
    private final boolean endsQuotes;
    private int at;

    /** As CommandLineToArgvW: two quotes inside of quotes are one, and end them. As the C runtime: they are one. */
    private ArgvModel(String line, boolean endsQuotes) {
        this.line = line;
        this.endsQuotes = endsQuotes;
    }

    static List<String> byShell(String line) {
        return new ArgvModel(line, true).read();
    }

    static List<String> byRuntime(String line) {
        return new ArgvModel(line, false).read();
    }

    private List<String> read() {
        List<String> words = new ArrayList<>();
        words.add(program());
        skipBlanks();
        while (at < line.length()) {
            words.add(argument());
            skipBlanks();
        }
        return words;
    }

    private String program() {
        boolean quoted = line.startsWith("\"");
        at = quoted ? 1 : 0;
        int start = at;
        while (at < line.length() && (quoted ? line.charAt(at) != '"' : !isBlank())) {
            at++;
        }
        String name = line.substring(start, at);
        at += quoted ? 1 : 0;
        return name;
    }

    private String argument() {
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        while (at < line.length() && (quoted || !isBlank())) {
            int backslashes = count('\\');
            if (at >= line.length() || line.charAt(at) != '"') {
                word.append("\\".repeat(backslashes));
                if (at < line.length() && (quoted || !isBlank())) {
                    word.append(line.charAt(at++));
                }
                continue;
            }
            word.append("\\".repeat(backslashes / 2));
            at++;
            if (backslashes % 2 == 1) {
                word.append('"');
            } else if (quoted && at < line.length() && line.charAt(at) == '"') {
                word.append('"');
                at++;
                quoted = !endsQuotes;
            } else {
                quoted = !quoted;
            }
        }
        return word.toString();
    }

    private int count(char c) {
        int start = at;
        while (at < line.length() && line.charAt(at) == c) {
            at++;
        }
        return at - start;
    }

    private boolean isBlank() {
        return line.charAt(at) == ' ' || line.charAt(at) == '\t';
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank()) {
            at++;
        }
    }
}
