package pm.cli.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;
import pm.api.ByteSizes;
import pm.api.Descendants;
import pm.api.Durations;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Signal;
import pm.api.Stdio;
import pm.api.StopPolicy;

/** What a command line of {@code pm run} asks for, in the terms of {@link pm.api}. */
final class RunRequest {
    private final ParseResult options;

    /** With options that were parsed; their values are read when they are asked for, and refused by {@link IllegalArgumentException}. */
    RunRequest(ParseResult options) {
        this.options = options;
    }

    /**
     * The process.
     *
     * @throws IllegalArgumentException when the command cannot be one
     */
    ProcessSpec process() {
        ProcessSpec spec = surroundings(ProcessSpec.of(options.matchedPositionalValue(0, List.<String>of())))
                .limits(limits())
                .stopPolicy(stopPolicy())
                .descendants(value(RunOptions.DESCENDANTS, text -> OptionValues.choice(Descendants.class, text))
                        .orElse(Descendants.END))
                .stdin(Stdio.inherit());
        return streams(timeouts(spec));
    }

    /** Settings of a manager for this one process. */
    Settings settings() {
        Optional<String> backend = value(RunOptions.BACKEND, OptionValues::name);
        return backend.isPresent() ? Opening.USUAL.with(Setting.BACKEND, backend.get()) : Opening.USUAL;
    }

    Optional<EventFormat> events() {
        return value(RunOptions.EVENTS, text -> OptionValues.choice(EventFormat.class, text));
    }

    Optional<Path> report() {
        return value(RunOptions.REPORT, OptionValues::file);
    }

    private ProcessSpec surroundings(ProcessSpec command) {
        ProcessSpec spec = command;
        if (isSet(RunOptions.CLEAR_ENV)) {
            spec = spec.clearEnv();
        }
        for (String text : options.matchedOptionValue(RunOptions.ENV, List.<String>of())) {
            Map.Entry<String, String> variable = read(RunOptions.ENV, text, OptionValues::assignment);
            spec = spec.env(variable.getKey(), variable.getValue());
        }
        if (isSet(RunOptions.NO_NEW_PRIVILEGES)) {
            spec = spec.noNewPrivileges();
        }
        Optional<Path> folder = value(RunOptions.CWD, OptionValues::file);
        return folder.isPresent() ? spec.in(folder.get()) : spec;
    }

    private ProcessSpec timeouts(ProcessSpec command) {
        ProcessSpec spec = command;
        Optional<Optional<Duration>> limit = value(RunOptions.TIMEOUT, OptionValues::timeout);
        if (limit.isPresent()) {
            spec = limit.get().map(spec::timeout).orElseGet(spec::noTimeout);
        }
        Optional<Duration> idle = value(RunOptions.IDLE_TIMEOUT, OptionValues::positiveDuration);
        if (idle.isPresent()) {
            spec = spec.idleTimeout(idle.get());
        }
        Optional<Duration> cpuTime = value(RunOptions.CPU_TIME, OptionValues::positiveDuration);
        return cpuTime.isPresent() ? spec.cpuTime(cpuTime.get()) : spec;
    }

    /** The command writes to pm's own files itself, unless pm must see whether it writes. */
    private static ProcessSpec streams(ProcessSpec spec) {
        return spec.idleTimeout().isPresent()
                ? spec.stdout(Stdio.pipe()).stderr(Stdio.pipe())
                : spec.stdout(Stdio.inherit()).stderr(Stdio.inherit());
    }

    private Limits limits() {
        Limits limits = Limits.none().bestEffort(isSet(RunOptions.BEST_EFFORT));
        Optional<Long> memory = value(RunOptions.MEMORY, ByteSizes::parse);
        if (memory.isPresent()) {
            limits = limits.memory(memory.get(), 1);
        }
        Optional<Double> cpus = value(RunOptions.CPUS, OptionValues::cpus);
        if (cpus.isPresent()) {
            limits = limits.cpus(cpus.get());
        }
        Optional<Integer> processes = value(RunOptions.MAX_PROCESSES, OptionValues::processes);
        return rarer(processes.isPresent() ? limits.processes(processes.get()) : limits);
    }

    private Limits rarer(Limits usual) {
        Limits limits = size(usual, LimitKind.SWAP, RunOptions.SWAP);
        limits = number(limits, LimitKind.CPU_WEIGHT, RunOptions.CPU_WEIGHT);
        limits = size(limits, LimitKind.READ_BANDWIDTH, RunOptions.READ_BANDWIDTH);
        limits = size(limits, LimitKind.WRITE_BANDWIDTH, RunOptions.WRITE_BANDWIDTH);
        limits = number(limits, LimitKind.READ_OPERATIONS, RunOptions.READ_IOPS);
        limits = number(limits, LimitKind.WRITE_OPERATIONS, RunOptions.WRITE_IOPS);
        limits = size(limits, LimitKind.PROCESS_MEMORY, RunOptions.PROCESS_MEMORY);
        Optional<int[]> cpus = value(RunOptions.AFFINITY, OptionValues::cpuList);
        if (cpus.isPresent()) {
            limits = limits.affinity(cpus.get());
        }
        limits = number(limits, LimitKind.OPEN_FILES, RunOptions.OPEN_FILES);
        limits = size(limits, LimitKind.FILE_SIZE, RunOptions.FILE_SIZE);
        limits = size(limits, LimitKind.CORE_SIZE, RunOptions.CORE_SIZE);
        limits = number(limits, LimitKind.NICE, RunOptions.NICE);
        return number(limits, LimitKind.OOM_SCORE_ADJ, RunOptions.OOM_SCORE_ADJ);
    }

    private Limits size(Limits limits, LimitKind kind, String option) {
        String text = options.matchedOptionValue(option, null);
        return text == null ? limits : read(option, text, size -> limits.with(kind, OptionValues.size(kind, size)));
    }

    private Limits number(Limits limits, LimitKind kind, String option) {
        String text = options.matchedOptionValue(option, null);
        return text == null ? limits : read(option, text, number -> limits.with(kind, OptionValues.number(number)));
    }

    private StopPolicy stopPolicy() {
        StopPolicy policy = StopPolicy.defaults()
                .signal(value(RunOptions.SIGNAL, Signal::parse).orElse(Signal.TERM));
        Optional<Duration> grace = value(RunOptions.GRACE, Durations::parse);
        if (grace.isPresent()) {
            policy = policy.terminateWait(grace.get());
        }
        Optional<Duration> killWait = value(RunOptions.KILL_WAIT, Durations::parse);
        return killWait.isPresent() ? policy.killWait(killWait.get()) : policy;
    }

    private boolean isSet(String option) {
        return options.hasMatchedOption(option);
    }

    private <T> Optional<T> value(String option, Function<String, T> reader) {
        String text = options.matchedOptionValue(option, null);
        return Optional.ofNullable(text).map(given -> read(option, given, reader));
    }

    private static <T> T read(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException refusal) {
            throw new IllegalArgumentException(option + ": " + refusal.getMessage(), refusal);
        }
    }
}
