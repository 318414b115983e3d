package pm.contract;

import java.util.List;
import java.util.Set;
import pm.api.Signal;

/**
 * What the contract runs, as one operating system has it: each method gives program and arguments. Text goes out as UTF-8, lines end
 * with a line feed, and what is printed must not wait in a buffer while the program lives on.
 */
public interface Programs {
    /** Exits at once. */
    List<String> exits(int status);

    /** Sends itself a signal that ends it. Needs {@link Ability#SIGNALS}. */
    List<String> signalsItself(Signal signal);

    /** The system's number of a signal. Needs {@link Ability#SIGNALS}. */
    int number(Signal signal);

    /** Prints exactly this to standard output. */
    List<String> prints(String text);

    /** Prints exactly this: first to standard output, then to standard error. */
    List<String> printsToBoth(String output, String error);

    /** Copies standard input to standard output, until the end. */
    List<String> copies();

    /** Prints as fast as it can, until it cannot any more. */
    List<String> printsForEver();

    /** Prints some bytes every few hundredths of a second, for ever. */
    List<String> ticks();

    /** Does nothing, for ever; the stop signal ends it. */
    List<String> sleeps();

    /** Prints its arguments, each with a NUL behind it. */
    List<String> printsArguments(String... arguments);

    /** Prints its environment: lines {@code name=value}, in any order. */
    List<String> printsEnvironment();

    /** Variables that a program has here even when its environment was cleared. */
    default Set<String> unavoidableVariables() {
        return Set.of();
    }

    /** Prints the path of the directory that it was started in, links resolved, and a line feed. */
    List<String> printsDirectory();

    /** Prints a line for each descriptor that it was given beside the three standard streams. Needs {@link Ability#DESCRIPTORS}. */
    List<String> printsFurtherDescriptors();

    /**
     * Starts a process that detaches itself in every way that there is (from its parent, group, session, and the environment), and exits with
     * 0 without waiting for it. The other one prints its pid in a line, keeps standard output open, and sleeps for ever.
     */
    List<String> leavesDetached();

    /**
     * Becomes three processes that ignore the stop signal: the program itself, a child, and one that has detached itself as in {@link
     * #leavesDetached()}. Each prints its pid in a line, once it ignores the signal, and then sleeps for ever.
     */
    List<String> stubborn();

    /**
     * Becomes three processes as in {@link #stubborn()}. Each prints the line {@code ready} when it is; when it hears the stop signal it prints
     * {@code program}, {@code child} or {@code detached} in a line and exits. The child is stopped when the system knows such a state, so that
     * it hears the signal only when it is let go on. Needs {@link Ability#TERMINATION}.
     */
    List<String> tellsOfStopSignal();

    /** Starts processes without end, detached ones among them, that live for a second. */
    List<String> keepsForking();

    /** A process that has detached itself, and that nobody waits for, keeps a processor busy for at least 50 ms and ends. */
    List<String> computesDetached();

    /** Wants so much memory, and prints something when it was given it. */
    List<String> wantsMemory(long bytes);

    /** Starts so many children that sleep for ever, one after the other; prints a line when it has, and waits for them. */
    List<String> startsChildren(int count);
}
