package pm.contract;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/**
 * A request in the making. Unless said otherwise nothing is on standard input, output is piped and errors go where those of this JVM go.
 * Used by one thread.
 */
public final class Request {
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private List<String> shown;
    private Optional<Path> directory = Optional.empty();
    private boolean inheritEnvironment = true;
    private boolean breakaway;
    private Stream stdin = new Stream.Discarded();
    private Stream stdout = new Stream.Piped();
    private Stream stderr = new Stream.Inherited();

    private Request(List<String> command) {
        this.command = command;
        this.shown = command;
    }

    /** For program and arguments. */
    public static Request of(List<String> command) {
        return new Request(command);
    }

    /** Other eyes see this command. */
    public Request shownAs(List<String> words) {
        shown = words;
        return this;
    }

    /** Starts there. */
    public Request in(Path folder) {
        directory = Optional.of(folder);
        return this;
    }

    /** Does not inherit this JVM's environment. */
    public Request withClearedEnvironment() {
        inheritEnvironment = false;
        return this;
    }

    /** Its processes may leave the tree. */
    public Request allowingBreakaway() {
        breakaway = true;
        return this;
    }

    /** With one more variable. */
    public Request with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Without a variable of this JVM's environment. */
    public Request without(String variable) {
        removed.add(variable);
        return this;
    }

    /** With another standard input. */
    public Request stdin(Stream stream) {
        stdin = stream;
        return this;
    }

    /** With another standard output. */
    public Request stdout(Stream stream) {
        stdout = stream;
        return this;
    }

    /** With another standard error. */
    public Request stderr(Stream stream) {
        stderr = stream;
        return this;
    }

    /**
     * As the core would make it.
     *
     * @param marks variables of pm's own
     */
    StartRequest markedWith(Map<String, String> marks) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(marks);
        return new StartRequest(
                command, shown, directory, inheritEnvironment, all, removed, stdin, stdout, stderr, false, breakaway);
    }
}
