package pm.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import pm.cli.console.CommonOptions;
import pm.cli.console.Console;
import pm.cli.console.ExitCodes;
import pm.cli.console.Subcommand;
import pm.cli.doctor.DoctorCommand;
import pm.cli.run.Opening;
import pm.cli.run.RunCommand;

/** Finds out which subcommand is meant, and tells what is wrong when none can be. */
final class PmCommand {
    private final Console console;
    private final Map<String, Subcommand> subcommands = new LinkedHashMap<>();

    PmCommand(Console console, Opening opening) {
        this.console = console;
        subcommands.put("run", new RunCommand(opening));
        subcommands.put("doctor", new DoctorCommand());
        subcommands.put("version", new VersionCommand());
        subcommands.put("help", new HelpCommand(this::usage));
    }

    /**
     * Executes a command line.
     *
     * @return pm's exit status
     */
    int execute(String... arguments) {
        try {
            if (arguments.length == 0) {
                console.line(usage(""));
                return ExitCodes.PM_FAILED;
            }
            if (arguments[0].startsWith("-")) {
                ParseResult parsed = commandLine(topLevel()).parseArgs(arguments);
                console.print(parsed.isUsageHelpRequested() ? usage("") : VersionCommand.text());
                return ExitCodes.OK;
            }
            return execute(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (ParameterException misuse) {
            console.complain(oneLine(misuse));
            return ExitCodes.PM_FAILED;
        }
    }

    private int execute(String name, String... arguments) {
        // The spec of the named one only: building specs is most of what picocli costs at start-up.
        Subcommand subcommand = subcommand(name);
        ParseResult parsed = commandLine(subcommand.spec()).parseArgs(arguments);
        if (parsed.isUsageHelpRequested()) {
            console.print(usage(name));
            return ExitCodes.OK;
        }
        return subcommand.execute(parsed, console);
    }

    private Subcommand subcommand(String name) {
        Subcommand named = subcommands.get(name);
        if (named == null) {
            String hint = NearestWord.to(name, subcommands.keySet())
                    .map(nearest -> ", did you mean " + nearest + "?")
                    .orElse("");
            throw new ParameterException(commandLine(topLevel()), "Unknown command '" + name + "'" + hint);
        }
        return named;
    }

    /** The help page of a subcommand, or with an empty name of pm itself. */
    private String usage(String name) {
        CommandLine pm = commandLine(topLevel());
        CommandLine named = pm;
        if (!name.isEmpty()) {
            subcommand(name);
            named = pm.getSubcommands().get(name);
        }
        StringWriter text = new StringWriter();
        named.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString();
    }

    private CommandSpec topLevel() {
        CommandSpec pm = CommandSpec.create().name("pm");
        pm.usageMessage()
                .description("Runs commands contained, limited and ended as a tree.")
                .footer("", "'pm help run' tells more about one of them.");
        pm.addOption(CommonOptions.help());
        pm.addOption(CommonOptions.version());
        subcommands.forEach((name, subcommand) -> pm.addSubcommand(name, subcommand.spec()));
        return pm;
    }

    private static CommandLine commandLine(CommandSpec spec) {
        return new CommandLine(spec)
                // A word that begins with @ is the command's own, not the name of a file with more arguments.
                .setExpandAtFiles(false);
    }

    private static String oneLine(ParameterException misuse) {
        CommandLine line = misuse.getCommandLine();
        String page = line.getParent() == null && !line.getCommandName().equals("pm")
                ? "pm help " + line.getCommandName()
                : "pm help";
        StringBuilder text = new StringBuilder(misuse.getMessage().strip().replaceAll("\\s*\\R\\s*", " "));
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                text.append(", did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append('?');
            }
        }
        return text.append(" (see '").append(page).append("')").toString();
    }
}
