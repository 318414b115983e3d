package pm.cli.console;

import picocli.CommandLine.Model.OptionSpec;

/** Options that several commands have. */
public final class CommonOptions {
    private CommonOptions() {}

    /** {@code --help}. */
    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this page.")
                .build();
    }

    /** {@code --version}. */
    public static OptionSpec version() {
        return OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the versions.")
                .build();
    }

    /** {@code --json}. */
    public static OptionSpec json() {
        return OptionSpec.builder("--json").description("Answers in JSON.").build();
    }
}
