package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pm.backend.windows.WindowsBackendProvider;
import pm.contract.Bench;
import pm.contract.Request;
import pm.contract.Tree;
import pm.spi.StartRequest.Stream;

/** What children inherit. */
class InheritanceIT {
    /** If the child had the other end, the pipe would not be at its end while the child lives. */
    @Test
    void anInheritableHandleThatIsNotListedIsNotInherited() throws Exception {
        PipePair pair = PipePair.toRead();
        try (CompletionPort port = new CompletionPort();
                NearPipe near = new NearPipe(pair.near(), port, 1);
                Bench bench = new Bench(new WindowsBackendProvider(), Map.of())) {
            pair.far().makeInheritable();
            Request request = Request.of(List.of("ping", "-n", "1000", "127.0.0.1"));
            try (Tree tree = bench.start(request.stdout(new Stream.Discarded()))) {
                assertThat(near.read(ByteBuffer.allocate(1))).isZero();
                pair.far().close();
                assertThat(near.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                assertThat(tree.containment().isEmpty()).isFalse();
            }
        }
    }
}
