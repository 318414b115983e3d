package pm.cli.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One of pm's subcommands. */
public interface Subcommand {
    /** Its name, options and help text. A new object each time. */
    CommandSpec spec();

    /**
     * Does its work.
     *
     * @return the exit status
     */
    int execute(ParseResult arguments, Console console);
}
