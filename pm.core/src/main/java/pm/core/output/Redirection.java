package pm.core.output;

import pm.api.Stdio;
import pm.spi.StartRequest.Stream;

/** What a backend is asked to do for a {@link Stdio}. */
public final class Redirection {
    private Redirection() {}

    /** Where the child's stream leads. */
    public static Stream of(Stdio stdio) {
        if (stdio instanceof Stdio.Inherit) {
            return new Stream.Inherited();
        }
        if (stdio instanceof Stdio.Discard) {
            return new Stream.Discarded();
        }
        if (stdio instanceof Stdio.Merge) {
            return new Stream.Merged();
        }
        if (stdio instanceof Stdio.FromFile from) {
            return new Stream.Read(from.file());
        }
        if (stdio instanceof Stdio.ToFile to) {
            return new Stream.Written(to.file(), to.append());
        }
        return new Stream.Piped();
    }
}
