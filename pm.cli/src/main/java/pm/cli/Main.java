package pm.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import pm.cli.console.Console;
import pm.cli.console.ExitCodes;

/** The {@code pm} command. */
public final class Main {
    private Main() {}

    /** Executes a command line and exits with its status. */
    public static void main(String[] args) {
        System.exit(execute(Console.ofThisJvm(), args));
    }

    private static int execute(Console console, String... args) {
        try {
            return new PmCommand(console).execute(args);
        } catch (RuntimeException | Error bug) {
            StringWriter trace = new StringWriter();
            bug.printStackTrace(new PrintWriter(trace));
            console.complain("Could not go on: this is a fault of pm, please report it\n" + trace);
            return ExitCodes.PM_FAILED;
        }
    }
}
