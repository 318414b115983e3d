package pm.cli.run;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import pm.cli.console.CommonOptions;

/** The options of {@code pm run}, as data: names, forms and help. */
final class RunOptions {
    static final String TIMEOUT = "--timeout";
    static final String IDLE_TIMEOUT = "--idle-timeout";
    static final String CPU_TIME = "--cpu-time";
    static final String MEMORY = "--memory";
    static final String CPUS = "--cpus";
    static final String MAX_PROCESSES = "--max-processes";
    static final String SWAP = "--swap";
    static final String CPU_WEIGHT = "--cpu-weight";
    static final String READ_BANDWIDTH = "--read-bandwidth";
    static final String WRITE_BANDWIDTH = "--write-bandwidth";
    static final String READ_IOPS = "--read-iops";
    static final String WRITE_IOPS = "--write-iops";
    static final String PROCESS_MEMORY = "--process-memory";
    static final String AFFINITY = "--affinity";
    static final String OPEN_FILES = "--open-files";
    static final String FILE_SIZE = "--file-size";
    static final String CORE_SIZE = "--core-size";
    static final String NICE = "--nice";
    static final String OOM_SCORE_ADJ = "--oom-score-adj";
    static final String GRACE = "--grace";
    static final String KILL_WAIT = "--kill-wait";
    static final String SIGNAL = "--signal";
    static final String BEST_EFFORT = "--best-effort";
    static final String DESCENDANTS = "--descendants";
    static final String CWD = "--cwd";
    static final String ENV = "--env";
    static final String CLEAR_ENV = "--clear-env";
    static final String NO_NEW_PRIVILEGES = "--no-new-privileges";
    static final String EVENTS = "--events";
    static final String REPORT = "--report";
    static final String BACKEND = "--backend";

    private RunOptions() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("run");
        // Options end at the first word that is none: those after it are the command's own.
        spec.parser().stopAtPositional(true);
        spec.usageMessage()
                .customSynopsis("pm run [OPTION]... [--] COMMAND [ARG]...")
                .description("Runs a command with all that it starts, and ends with its exit status.")
                .sortOptions(false)
                .footer(
                        "",
                        "Durations are 500ms, 10s, 2m or 1.5h; a bare number is seconds.",
                        "Sizes are 64M or 1.5GiB.",
                        "Exit status: 124 timed out; 125 pm failed, could not prove the tree gone, or",
                        "ended it for its number of processes; 126 not executable; 127 not found;",
                        "137 out of memory; 128+n died by signal n; else the command's own.");
        limits(spec);
        ending(spec);
        surroundings(spec);
        telling(spec);
        return spec.addOption(CommonOptions.help())
                .addPositional(PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("1..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("COMMAND")
                        .description("The command and its arguments.")
                        .build());
    }

    private static void limits(CommandSpec spec) {
        value(spec, TIMEOUT, "D", "Limit of time, or 'none'. As PM_DEFAULT_TIMEOUT, else 5m.");
        value(spec, IDLE_TIMEOUT, "D", "Limit of silence. Output then goes through pm.");
        value(spec, CPU_TIME, "D", "Limit of the CPU time of the tree.");
        value(spec, MEMORY, "SIZE", "Limit of the memory of the tree.");
        value(spec, CPUS, "N", "Limit of CPUs in use at a time, such as 1.5.");
        value(spec, MAX_PROCESSES, "N", "Limit of processes alive at a time.");
        value(spec, SWAP, "SIZE", "Limit of the swap space of the tree; 0 forbids it.");
        value(spec, CPU_WEIGHT, "N", "Share of the CPUs when they are scarce: 1 to 10000. 100.");
        value(spec, READ_BANDWIDTH, "SIZE", "Limit of bytes read per second from each device.");
        value(spec, WRITE_BANDWIDTH, "SIZE", "Limit of bytes written per second to each device.");
        value(spec, READ_IOPS, "N", "Limit of reads per second from each device.");
        value(spec, WRITE_IOPS, "N", "Limit of writes per second to each device.");
        value(spec, PROCESS_MEMORY, "SIZE", "Limit of the memory of each process.");
        value(spec, AFFINITY, "LIST", "CPUs on which the processes may run, such as 0,2-3.");
        value(spec, OPEN_FILES, "N", "Limit of open files of each process.");
        value(spec, FILE_SIZE, "SIZE", "Limit of the size of a file that a process writes.");
        value(spec, CORE_SIZE, "SIZE", "Limit of the size of core dumps.");
        value(spec, NICE, "N", "Nice value: -20 goes first, 19 last.");
        value(spec, OOM_SCORE_ADJ, "N", "Who is killed first when memory is out: 1000 first, -1000 never.");
        flag(spec, BEST_EFFORT, "Accept limits that this host cannot enforce.");
    }

    private static void ending(CommandSpec spec) {
        value(spec, GRACE, "D", "Wait after the stop signal until the tree is killed. 3s.");
        value(spec, KILL_WAIT, "D", "Wait after the kill until the last resort. 2s.");
        value(spec, SIGNAL, "NAME", "The stop signal. TERM.");
        value(spec, DESCENDANTS, "end|wait", "Whether what outlives the command is ended or waited for. end.");
    }

    private static void surroundings(CommandSpec spec) {
        value(spec, CWD, "DIR", "Folder in which the command starts.");
        spec.addOption(OptionSpec.builder(ENV)
                .paramLabel("K=V")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Set a variable of the environment. Repeatable.")
                .build());
        flag(spec, CLEAR_ENV, "Hand nothing else of the environment on.");
        flag(spec, NO_NEW_PRIVILEGES, "No program of the tree gains privileges, as by sudo.");
        value(spec, BACKEND, "NAME", "Use this backend.");
    }

    private static void telling(CommandSpec spec) {
        value(spec, EVENTS, "json|text", "Write a line for each event to standard error.");
        value(spec, REPORT, "FILE", "Write a report in JSON at the end.");
    }

    // Values stay text here: a converter would be one of our classes that picocli's old class files keep out of the
    // JVM's class data archive.
    private static void value(CommandSpec spec, String name, String form, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(form)
                .type(String.class)
                .description(description)
                .build());
    }

    private static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build());
    }
}
