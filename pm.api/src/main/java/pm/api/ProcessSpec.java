package pm.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What to start and how: a command with everything that holds for its tree. Immutable; each method gives a changed copy. Safe for use by any
 * thread.
 *
 * <p>The program is looked up as {@link ProcessBuilder} does it: a name without a slash in the JVM's own PATH. The child gets the JVM's
 * environment unless {@link #clearEnv()} is used, and always {@code PM_INSTANCE_ID} and {@code PM_PROCESS_ID}.
 */
public final class ProcessSpec {
    private final List<String> command;
    private Optional<Path> directory = Optional.empty();
    private EnvironmentChanges env = EnvironmentChanges.NONE;
    private Optional<Duration> timeout = Optional.empty();
    private boolean timeoutDisabled;
    private Optional<Duration> idleTimeout = Optional.empty();
    private Optional<Duration> cpuTime = Optional.empty();
    private Limits limits = Limits.none();
    private StopPolicy stopPolicy = StopPolicy.defaults();
    private Stdio.Input stdin = Stdio.discard();
    private Stdio.Output stdout = Stdio.discard();
    private Stdio.Output stderr = Stdio.discard();
    private Optional<String> label = Optional.empty();
    private Descendants descendants = Descendants.END;
    private boolean noNewPrivileges;
    private boolean breakaway;
    private Set<Integer> masked = Set.of();

    private ProcessSpec(List<String> command) {
        this.command = List.copyOf(command);
        if (this.command.isEmpty() || this.command.get(0).isEmpty()) {
            throw new IllegalArgumentException("Could not use an empty command: name a program");
        }
        this.command.forEach(word -> EnvironmentChanges.requireNoNul("command", word));
    }

    private ProcessSpec(ProcessSpec other) {
        command = other.command;
        directory = other.directory;
        env = other.env;
        timeout = other.timeout;
        timeoutDisabled = other.timeoutDisabled;
        idleTimeout = other.idleTimeout;
        cpuTime = other.cpuTime;
        limits = other.limits;
        stopPolicy = other.stopPolicy;
        stdin = other.stdin;
        stdout = other.stdout;
        stderr = other.stderr;
        label = other.label;
        descendants = other.descendants;
        noNewPrivileges = other.noNewPrivileges;
        breakaway = other.breakaway;
        masked = other.masked;
    }

    /**
     * A command with defaults for all else: the manager's timeout, no limits, no input, output discarded.
     *
     * @param command program and arguments
     * @return a new specification
     * @throws IllegalArgumentException when it is empty or holds a NUL character
     */
    public static ProcessSpec of(String... command) {
        return new ProcessSpec(Arrays.asList(command));
    }

    /** As {@link #of(String...)}. */
    public static ProcessSpec of(List<String> command) {
        return new ProcessSpec(command);
    }

    /** Starts in {@code dir} in place of the JVM's directory. */
    public ProcessSpec in(Path dir) {
        return with(copy -> copy.directory = Optional.of(dir));
    }

    /** Sets one environment variable. */
    public ProcessSpec env(String name, String value) {
        EnvironmentChanges changed = env.with(name, value);
        return with(copy -> copy.env = changed);
    }

    /** Sets several environment variables. */
    public ProcessSpec env(Map<String, String> variables) {
        ProcessSpec copy = this;
        for (Map.Entry<String, String> entry : variables.entrySet()) {
            copy = copy.env(entry.getKey(), entry.getValue());
        }
        return copy;
    }

    /** Does not hand the JVM's variable of this name on. */
    public ProcessSpec unsetEnv(String name) {
        return with(copy -> copy.env = env.without(name));
    }

    /** Hands nothing of the JVM's environment on; variables set by {@link #env(String, String)} stay. */
    public ProcessSpec clearEnv() {
        return with(copy -> copy.env = env.cleared());
    }

    /** Wall clock limit of the tree, from its start until it is empty. */
    public ProcessSpec timeout(Duration limit) {
        ProcessSpec copy = new ProcessSpec(this);
        copy.timeout = Optional.of(Durations.requirePositive("timeout", limit));
        copy.timeoutDisabled = false;
        return copy;
    }

    /** No wall clock limit at all: a deliberate choice, reported by a warning event. */
    public ProcessSpec noTimeout() {
        ProcessSpec copy = new ProcessSpec(this);
        copy.timeout = Optional.empty();
        copy.timeoutDisabled = true;
        return copy;
    }

    /** Ends the tree when it has written nothing for so long. Needs an output that goes through pm: pipe, capture or lines. */
    public ProcessSpec idleTimeout(Duration limit) {
        return with(copy -> copy.idleTimeout = Optional.of(Durations.requirePositive("idle timeout", limit)));
    }

    /** Ends the tree when all its processes together have used so much CPU time. Sampled: see {@link Setting#CPU_SAMPLE_INTERVAL}. */
    public ProcessSpec cpuTime(Duration limit) {
        return with(copy -> copy.cpuTime = Optional.of(Durations.requirePositive("CPU time", limit)));
    }

    /** Limits of the tree. */
    public ProcessSpec limits(Limits treeLimits) {
        return with(copy -> copy.limits = Objects.requireNonNull(treeLimits));
    }

    /** How the tree is ended, by whatever cause. */
    public ProcessSpec stopPolicy(StopPolicy policy) {
        return with(copy -> copy.stopPolicy = Objects.requireNonNull(policy));
    }

    /** Standard input; {@link Stdio#discard()} by default. */
    public ProcessSpec stdin(Stdio.Input input) {
        return with(copy -> copy.stdin = Objects.requireNonNull(input));
    }

    /** Standard output; {@link Stdio#discard()} by default. */
    public ProcessSpec stdout(Stdio.Output output) {
        if (output instanceof Stdio.Merge) {
            throw new IllegalArgumentException(
                    "Could not merge standard output into itself: merge is for standard error");
        }
        return with(copy -> copy.stdout = Objects.requireNonNull(output));
    }

    /** Standard error; {@link Stdio#discard()} by default. */
    public ProcessSpec stderr(Stdio.Output output) {
        return with(copy -> copy.stderr = Objects.requireNonNull(output));
    }

    /** The caller's own name for the process, in every event of it. */
    public ProcessSpec label(String text) {
        return with(copy -> copy.label = Optional.of(text));
    }

    /** What happens to descendants that outlive the leader. */
    public ProcessSpec descendants(Descendants choice) {
        return with(copy -> copy.descendants = Objects.requireNonNull(choice));
    }

    /** No program of the tree gains privileges by executing a set-user-id file (prctl(2), PR_SET_NO_NEW_PRIVS). */
    public ProcessSpec noNewPrivileges() {
        return with(copy -> copy.noNewPrivileges = true);
    }

    /**
     * A process of the tree may start others outside of it. Windows only, by {@code CREATE_BREAKAWAY_FROM_JOB}; elsewhere the start fails
     * with {@link SpawnException}. Denied by default.
     *
     * <p>What left is no longer pm's business: it is not limited, not ended, not counted and not waited for.
     */
    public ProcessSpec allowBreakaway() {
        return with(copy -> copy.breakaway = true);
    }

    /** Shows these words of the command as {@code ***} in events, reports and exceptions; 0 is the program. */
    public ProcessSpec mask(int... indexes) {
        Set<Integer> changed = new TreeSet<>(masked);
        for (int index : indexes) {
            changed.add(Objects.checkIndex(index, command.size()));
        }
        return with(copy -> copy.masked = Set.copyOf(changed));
    }

    private ProcessSpec with(Consumer<ProcessSpec> change) {
        ProcessSpec copy = new ProcessSpec(this);
        change.accept(copy);
        return copy;
    }

    public List<String> command() {
        return command;
    }

    /** The command with masked words as {@code ***}: the only form that is ever shown. */
    public List<String> shownCommand() {
        String[] words = command.toArray(String[]::new);
        masked.forEach(index -> words[index] = "***");
        return List.of(words);
    }

    public Optional<Path> directory() {
        return directory;
    }

    public boolean inheritsEnv() {
        return env.inherit();
    }

    public Map<String, String> env() {
        return env.set();
    }

    public Set<String> unsetEnv() {
        return env.unset();
    }

    /** The wall clock limit of this specification; empty for the manager's default or none. */
    public Optional<Duration> timeout() {
        return timeout;
    }

    /** Whether {@link #noTimeout()} was chosen. */
    public boolean isTimeoutDisabled() {
        return timeoutDisabled;
    }

    public Optional<Duration> idleTimeout() {
        return idleTimeout;
    }

    public Optional<Duration> cpuTime() {
        return cpuTime;
    }

    public Limits limits() {
        return limits;
    }

    public StopPolicy stopPolicy() {
        return stopPolicy;
    }

    public Stdio.Input stdin() {
        return stdin;
    }

    public Stdio.Output stdout() {
        return stdout;
    }

    public Stdio.Output stderr() {
        return stderr;
    }

    public Optional<String> label() {
        return label;
    }

    public Descendants descendants() {
        return descendants;
    }

    public boolean hasNoNewPrivileges() {
        return noNewPrivileges;
    }

    /** Whether {@link #allowBreakaway()} was chosen. */
    public boolean allowsBreakaway() {
        return breakaway;
    }

    @Override
    public String toString() {
        return String.join(" ", shownCommand());
    }
}
