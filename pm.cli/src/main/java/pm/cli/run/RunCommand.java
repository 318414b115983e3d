package pm.cli.run;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import pm.cli.console.Console;
import pm.cli.console.Subcommand;

/** {@code pm run}. */
public final class RunCommand implements Subcommand {
    private final Opening opening;

    /** With the way to its manager. */
    public RunCommand(Opening opening) {
        this.opening = opening;
    }

    @Override
    public CommandSpec spec() {
        return RunOptions.spec();
    }

    @Override
    public int execute(ParseResult arguments, Console console) {
        try {
            return ShutdownWatch.over(prepare(arguments, console));
        } catch (InterruptedException e) {
            throw new IllegalStateException("Could not wait for the command: somebody interrupted the wait", e);
        }
    }

    private Run prepare(ParseResult arguments, Console console) {
        try {
            return new Run(new RunRequest(arguments), opening, console);
        } catch (IllegalArgumentException refusal) {
            throw new ParameterException(arguments.commandSpec().commandLine(), refusal.getMessage(), refusal);
        }
    }
}
