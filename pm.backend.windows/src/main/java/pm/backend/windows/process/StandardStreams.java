package pm.backend.windows.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pm.backend.windows.commandline.LongPath;
import pm.backend.windows.kernel.Handle;
import pm.backend.windows.kernel.OpenFiles;
import pm.backend.windows.kernel.PipePair;
import pm.backend.windows.kernel.StandardHandles;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/** The standard streams of one child in the making. Used by one thread. */
final class StandardStreams implements AutoCloseable {
    private static final int COUNT = 3;

    private final List<Handle> forChild = new ArrayList<>();
    private final List<Handle> childsEnds = new ArrayList<>();
    private final Handle[] ourEnds = new Handle[COUNT];

    private StandardStreams() {}

    /** Makes pipes and opens files. */
    static StandardStreams open(StartRequest request) throws WindowsException {
        StandardStreams streams = new StandardStreams();
        try {
            streams.add(0, request.stdin());
            streams.add(1, request.stdout());
            streams.add(2, request.stderr());
            return streams;
        } catch (WindowsException refused) {
            streams.close();
            throw refused;
        }
    }

    /** Whether a child that is given one of our streams is to share our console: only there it is of use. */
    static boolean leadToOurConsole(StartRequest request) {
        List<Stream> streams = List.of(request.stdin(), request.stdout(), request.stderr());
        for (int number = 0; number < COUNT; number++) {
            if (streams.get(number) instanceof Stream.Inherited && StandardHandles.isConsole(number)) {
                return true;
            }
        }
        return false;
    }

    private void add(int number, Stream stream) throws WindowsException {
        forChild.add(stream instanceof Stream.Merged ? forChild.get(1) : childsEnd(open(number, stream)));
    }

    private Handle open(int number, Stream stream) throws WindowsException {
        if (stream instanceof Stream.Piped) {
            PipePair pipe = number == 0 ? PipePair.toWrite() : PipePair.toRead();
            ourEnds[number] = pipe.near();
            return pipe.far();
        }
        if (stream instanceof Stream.Inherited) {
            // A JVM may have been started without; the child then gets something that it can use.
            Optional<Handle> ours = StandardHandles.duplicate(number);
            return ours.isPresent() ? ours.get() : OpenFiles.nullDevice();
        }
        if (stream instanceof Stream.Read read) {
            return OpenFiles.toRead(path(read.file()));
        }
        if (stream instanceof Stream.Written written) {
            return written.append()
                    ? OpenFiles.toAppend(path(written.file()))
                    : OpenFiles.toWrite(path(written.file()));
        }
        return OpenFiles.nullDevice();
    }

    private static String path(Path file) {
        return LongPath.of(file.toAbsolutePath().normalize().toString());
    }

    private Handle childsEnd(Handle handle) {
        childsEnds.add(handle);
        return handle;
    }

    /** What the child gets. */
    List<Handle> forChild() {
        return forChild;
    }

    /** Our ends, which are the loop's from now on. */
    Pipelines attach(PortLoop output) throws WindowsException {
        Optional<PipeWriter> stdin = Optional.empty();
        Optional<PipeReader> stdout = Optional.empty();
        try {
            stdin = ourEnds[0] == null ? stdin : Optional.of(new WriteEnd(taken(0), output));
            stdout = reader(1, output);
            return new Pipelines(stdin, stdout, reader(2, output));
        } catch (WindowsException refused) {
            new Pipelines(stdin, stdout, Optional.empty()).close();
            throw refused;
        }
    }

    private Optional<PipeReader> reader(int number, PortLoop output) throws WindowsException {
        return ourEnds[number] == null ? Optional.empty() : Optional.of(new ReadEnd(taken(number), output));
    }

    private Handle taken(int number) {
        Handle handle = ourEnds[number];
        ourEnds[number] = null;
        return handle;
    }

    /** Once the child has its ends, they are closed here: the end of a pipe comes when its last holder is gone. Ours too, if nobody took them. */
    @Override
    public void close() {
        childsEnds.forEach(Handle::close);
        for (int number = 0; number < COUNT; number++) {
            if (ourEnds[number] != null) {
                taken(number).close();
            }
        }
    }
}
