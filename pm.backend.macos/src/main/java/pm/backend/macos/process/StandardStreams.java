package pm.backend.macos.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pm.backend.posix.events.OutputPump;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.libc.PosixSpawn.Descriptor;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/** The three standard streams of one command, on their way from us to it. Used by one thread. */
final class StandardStreams {
    private static final int NO_PIPE = -1;

    private final int nullDevice;
    private final List<Descriptor> forChild = new ArrayList<>();
    private final List<Integer> childsEnds = new ArrayList<>();
    private final int[] ourEnds = {NO_PIPE, NO_PIPE, NO_PIPE};

    private StandardStreams(int nullDevice) {
        this.nullDevice = nullDevice;
    }

    /** Makes pipes and opens files. */
    static StandardStreams open(StartRequest request, int nullDevice) throws LibcException {
        StandardStreams streams = new StandardStreams(nullDevice);
        try {
            streams.add(0, request.stdin());
            streams.add(1, request.stdout());
            streams.add(2, request.stderr());
            return streams;
        } catch (LibcException refused) {
            streams.closeChildsEnds();
            streams.closeOurEnds();
            throw refused;
        }
    }

    private void add(int number, Stream stream) throws LibcException {
        forChild.add(new Descriptor(source(number, stream), number));
    }

    private int source(int number, Stream stream) throws LibcException {
        if (stream instanceof Stream.Piped) {
            return piped(number);
        }
        if (stream instanceof Stream.Merged) {
            // Standard output is in its place already: it was added before.
            return 1;
        }
        if (stream instanceof Stream.Inherited) {
            // A JVM may have been started without; the child then gets something that it can use.
            return Descriptors.isOpen(number) ? number : nullDevice;
        }
        if (stream instanceof Stream.Read read) {
            return childsEnd(Descriptors.openToRead(read.file()));
        }
        if (stream instanceof Stream.Written written) {
            return childsEnd(Descriptors.openToWrite(written.file(), written.append()));
        }
        return nullDevice;
    }

    private int piped(int number) throws LibcException {
        Descriptors.Pipe pipe = Descriptors.pipe();
        ourEnds[number] = number == 0 ? pipe.writeEnd() : pipe.readEnd();
        int childs = childsEnd(number == 0 ? pipe.readEnd() : pipe.writeEnd());
        Descriptors.setNonBlocking(ourEnds[number]);
        return childs;
    }

    private int childsEnd(int descriptor) {
        childsEnds.add(descriptor);
        return descriptor;
    }

    /** What the child gets. */
    List<Descriptor> forChild() {
        return forChild;
    }

    /** Once the child has them, they are closed here: the end of a pipe comes when its last holder is gone. */
    void closeChildsEnds() {
        childsEnds.forEach(Descriptors::close);
        childsEnds.clear();
    }

    /** When there is no child. */
    void closeOurEnds() {
        for (int number = 0; number < ourEnds.length; number++) {
            if (ourEnds[number] != NO_PIPE) {
                Descriptors.close(ourEnds[number]);
                ourEnds[number] = NO_PIPE;
            }
        }
    }

    /** Our ends, which are the pump's from now on. */
    Pipelines attach(OutputPump pump) {
        return new Pipelines(
                ourEnds[0] == NO_PIPE ? Optional.empty() : Optional.of(pump.writer(ourEnds[0])),
                reader(1, pump),
                reader(2, pump));
    }

    private Optional<PipeReader> reader(int number, OutputPump pump) {
        return ourEnds[number] == NO_PIPE ? Optional.empty() : Optional.of(pump.reader(ourEnds[number]));
    }

    /** Our ends of what is piped. */
    record Pipelines(Optional<PipeWriter> stdin, Optional<PipeReader> stdout, Optional<PipeReader> stderr) {}
}
