package pm.contract;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import pm.api.Signal;

/**
 * Programs in {@code cmd.exe} and, where that is not enough, in the Java that runs the tests. There are no signals, and no program can ask
 * which handles it was given: declare {@link Ability#SIGNALS}, {@link Ability#TERMINATION} and {@link Ability#DESCRIPTORS} as lacking.
 *
 * <p>Words with which {@code cmd.exe} does something (<code>&amp;</code>, {@code >nul}, {@code %i}) are arguments of their own: a backend must not put those in quotes.
 */
public class WindowsPrograms implements Programs {
    private static final String FOR_EVER = "10000";

    /** Short lives: what counts is the start. And nothing but what the program prints on standard output. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisplayVMOutputToStderr",
            "-cp",
            ownClasses());

    private static String ownClasses() {
        try {
            return Path.of(ProgramMain.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Could not find the classes of the contract: " + e, e);
        }
    }

    private static List<String> java(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
        command.addAll(OPTIONS);
        command.add(ProgramMain.class.getName());
        command.addAll(List.of(words));
        return command;
    }

    private static List<String> cmd(List<String> script) {
        return joined(List.of("cmd.exe", "/d", "/c"), script);
    }

    private static List<String> joined(List<String> words, List<String> more) {
        return Stream.concat(words.stream(), more.stream()).toList();
    }

    /** A process group of its own, without the variables that pm gives to its processes. */
    private static List<String> detached(List<String> command) {
        return joined(List.of("set", "PM_INSTANCE_ID=&set", "PM_PROCESS_ID=&"), started(command));
    }

    private static List<String> andThen(List<String> command) {
        return joined(command, List.of("&"));
    }

    /** The empty word is the title: else start would take a path in quotes for it. */
    private static List<String> started(List<String> command) {
        return joined(List.of("start", "", "/b"), command);
    }

    /** What lasts so many seconds, as cmd.exe has no sleep; its output goes nowhere. */
    private static List<String> lasting(String seconds) {
        return List.of("ping", "-n", seconds, "127.0.0.1", ">nul");
    }

    @Override
    public List<String> exits(int status) {
        return cmd(List.of("exit", Integer.toString(status)));
    }

    @Override
    public List<String> signalsItself(Signal signal) {
        throw new UnsupportedOperationException("Windows has no signals");
    }

    @Override
    public int number(Signal signal) {
        throw new UnsupportedOperationException("Windows has no signals");
    }

    /** What is plain cmd.exe prints, which starts faster. It fails at the end of its input, hence the exit. */
    @Override
    public List<String> prints(String text) {
        return text.matches("[A-Za-z0-9.]+")
                ? cmd(List.of("set", "/p", "=" + text + "<nul&exit", "0"))
                : java("print", text);
    }

    @Override
    public List<String> printsToBoth(String output, String error) {
        return java("print-both", output, error);
    }

    @Override
    public List<String> copies() {
        return java("copy");
    }

    @Override
    public List<String> printsForEver() {
        return java("print-forever");
    }

    @Override
    public List<String> ticks() {
        return java("tick");
    }

    @Override
    public List<String> sleeps() {
        return java("sleep");
    }

    /**
     * java.exe puts the names of files for a wildcard that is not in quotes, as many programs do: so backends must quote it. And it knows
     * only letters of the system's code page; where that is not UTF-8, override this with a program that asks for {@code GetCommandLineW}.
     */
    @Override
    public List<String> printsArguments(String... arguments) {
        return joined(java("print-arguments"), List.of(arguments));
    }

    @Override
    public List<String> printsEnvironment() {
        return java("print-environment");
    }

    /** Without it hardly a program works, so backends add it. */
    @Override
    public Set<String> unavoidableVariables() {
        return Set.of("SystemRoot");
    }

    @Override
    public List<String> printsDirectory() {
        return java("print-directory");
    }

    @Override
    public List<String> printsFurtherDescriptors() {
        throw new UnsupportedOperationException("no program can ask which handles it was given");
    }

    @Override
    public List<String> leavesDetached() {
        return cmd(detached(java("stubborn")));
    }

    /** The program itself is cmd.exe, which waits for its child whatever happens; the child prints its pid too. */
    @Override
    public List<String> stubborn() {
        return cmd(joined(andThen(detached(java("stubborn"))), java("stubborn-with-parent")));
    }

    @Override
    public List<String> tellsOfStopSignal() {
        throw new UnsupportedOperationException("Windows has no signal that a detached process hears");
    }

    @Override
    public List<String> keepsForking() {
        return cmd(joined(List.of("for", "/l", "%i", "in", "(1,1,1000000)", "do"), started(lasting("5"))));
    }

    @Override
    public List<String> computesDetached() {
        return cmd(detached(java("compute", "200")));
    }

    @Override
    public List<String> wantsMemory(long bytes) {
        return java("want", Long.toString(bytes));
    }

    @Override
    public List<String> startsChildren(int count) {
        List<String> all =
                joined(List.of("(for", "/l", "%i", "in", "(1,1," + count + ")", "do"), started(lasting(FOR_EVER)));
        return cmd(joined(all, joined(List.of(")&", "echo", "started&"), lasting(FOR_EVER))));
    }
}
