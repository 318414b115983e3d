package pm.backend.windows.process;

import java.util.Optional;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** Our ends of what is piped. */
public record Pipelines(Optional<PipeWriter> stdin, Optional<PipeReader> stdout, Optional<PipeReader> stderr) {
    /** When there is nobody at the other ends. */
    void close() {
        stdin.ifPresent(PipeWriter::close);
        stdout.ifPresent(PipeReader::close);
        stderr.ifPresent(PipeReader::close);
    }
}
