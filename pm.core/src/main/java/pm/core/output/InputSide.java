package pm.core.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import pm.api.Stdio;
import pm.spi.PipeWriter;

/** Standard input of one process: the caller's stream, or what is fed to it. */
final class InputSide {
    private final Optional<PipeWriter> pipe;
    private final Optional<PipeOutputStream> stream;
    private final Runnable start;
    private final boolean forCaller;

    InputSide(Stdio.Input source, Optional<PipeWriter> pipe, Consumer<String> warnings) {
        this.pipe = pipe;
        this.forCaller = source instanceof Stdio.Pipe;
        this.stream = source instanceof Stdio.FromBytes ? Optional.empty() : pipe.map(PipeOutputStream::new);
        if (pipe.isPresent() && source instanceof Stdio.FromBytes bytes) {
            start = new BytesFeed(pipe.get(), bytes.bytes())::go;
        } else if (stream.isPresent() && source instanceof Stdio.Source feed) {
            start = new StreamFeed(feed, stream.get(), warnings)::go;
        } else {
            start = () -> {};
        }
    }

    void start() {
        start.run();
    }

    OutputStream stream() {
        return forCaller && stream.isPresent() ? stream.get() : closedStream();
    }

    private static OutputStream closedStream() {
        OutputStream closed = OutputStream.nullOutputStream();
        try {
            closed.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return closed;
    }

    /** Nobody reads any more. */
    void treeGone() {
        stream.ifPresent(PipeOutputStream::treeGone);
        pipe.ifPresent(PipeWriter::close);
    }
}
