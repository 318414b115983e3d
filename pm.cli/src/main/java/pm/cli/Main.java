package pm.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import pm.cli.console.Console;
import pm.cli.console.ExitCodes;
import pm.cli.run.Opening;

/** The {@code pm} command. */
public final class Main {
    private Main() {}

    /** Executes a command line and exits with its status. */
    public static void main(String[] args) {
        System.exit(execute(Console.ofThisJvm(), args));
    }

    private static int execute(Console console, String... args) {
        // First of all: it takes longest, on a thread of its own.
        Opening opening = opening(args);
        String[] unchanged;
        try {
            unchanged = CommandLineWords.unchanged(args);
        } catch (IllegalArgumentException refusal) {
            console.complain(refusal.getMessage());
            return ExitCodes.PM_FAILED;
        }
        try {
            return new PmCommand(console, opening).execute(unchanged);
        } catch (RuntimeException | Error bug) {
            StringWriter trace = new StringWriter();
            bug.printStackTrace(new PrintWriter(trace));
            console.complain("Could not go on: this is a fault of pm, please report it\n" + trace);
            return ExitCodes.PM_FAILED;
        }
    }

    /** Most runs need the usual manager. */
    private static Opening opening(String... args) {
        boolean usual =
                args.length > 1 && args[0].equals("run") && !List.of(args).contains("--backend");
        return usual ? Opening.early() : Opening.late();
    }
}
