package pm.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import pm.api.PmApi;
import pm.cli.console.CommonOptions;
import pm.cli.console.Console;
import pm.cli.console.ExitCodes;
import pm.cli.console.Subcommand;

/** {@code pm version}. */
final class VersionCommand implements Subcommand {
    static String text() {
        return "pm " + PmApi.installedVersion() + ", Java " + Runtime.version() + "\n";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("version").addOption(CommonOptions.help());
        spec.usageMessage().description("Shows the versions of pm and Java.");
        return spec;
    }

    @Override
    public int execute(ParseResult arguments, Console console) {
        console.print(text());
        return ExitCodes.OK;
    }
}
