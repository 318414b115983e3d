package pm.cli;

import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import pm.cli.console.CommonOptions;
import pm.cli.console.Console;
import pm.cli.console.ExitCodes;
import pm.cli.console.Subcommand;

/** {@code pm help}. */
final class HelpCommand implements Subcommand {
    private final UnaryOperator<String> pages;

    /** With the help page of each subcommand; that of pm itself has an empty name. */
    HelpCommand(UnaryOperator<String> pages) {
        this.pages = pages;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("help")
                .addOption(CommonOptions.help())
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .paramLabel("COMMAND")
                        .description("The command to tell about.")
                        .build());
        spec.usageMessage().description("Shows help about pm or one of its commands.");
        return spec;
    }

    @Override
    public int execute(ParseResult arguments, Console console) {
        console.print(pages.apply(arguments.matchedPositionalValue(0, "")));
        return ExitCodes.OK;
    }
}
