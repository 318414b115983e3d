package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;
import pm.spi.StartRequest.Stream;

/** Where the standard streams lead. */
interface StreamsContract extends Subject {
    int TEN_MEGABYTES = 10 << 20;

    private Request copying() {
        return Request.of(programs().copies());
    }

    @Test
    default void bytesGoThroughPipesUnchanged() throws Exception {
        byte[] bytes = new byte[TEN_MEGABYTES];
        new Random(1).nextBytes(bytes);
        try (Tree tree = bench().start(copying().stdin(new Stream.Piped()))) {
            PipeWriter input = tree.leader().stdin().orElseThrow();
            Output output = tree.output();
            Input.write(input, bytes);
            input.close();
            assertThat(output.all()).isEqualTo(bytes);
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    default void aDiscardedInputIsAtItsEnd() throws Exception {
        try (Tree tree = bench().start(copying().stdin(new Stream.Discarded()))) {
            assertThat(tree.leader().stdin()).isEmpty();
            assertThat(tree.output().all()).isEmpty();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    default void discardedOutputHindersNobody() throws Exception {
        try (Tree tree = bench().start(Request.of(programs().printsToBoth("output", "error"))
                .stdout(new Stream.Discarded())
                .stderr(new Stream.Discarded()))) {
            assertThat(tree.leader().stdout()).isEmpty();
            assertThat(tree.leader().stderr()).isEmpty();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    default void inheritedStreamsAreNotOurs() throws Exception {
        try (Tree tree = bench().start(Request.of(programs().exits(3))
                .stdin(new Stream.Inherited())
                .stdout(new Stream.Inherited())
                .stderr(new Stream.Inherited()))) {
            assertThat(tree.leader().stdin()).isEmpty();
            assertThat(tree.leader().stdout()).isEmpty();
            assertThat(tree.leader().stderr()).isEmpty();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(3));
        }
    }

    @Test
    default void standardErrorGoesItsOwnWay() throws Exception {
        try (Tree tree = bench().start(
                        Request.of(programs().printsToBoth("output", "error")).stderr(new Stream.Piped()))) {
            Output error = Output.of(tree.leader().stderr().orElseThrow());
            assertThat(tree.output().text()).isEqualTo("output");
            assertThat(error.text()).isEqualTo("error");
        }
    }

    @Test
    default void standardErrorGoesWhereStandardOutputGoes(@TempDir Path folder) throws Exception {
        Request request =
                Request.of(programs().printsToBoth("output,", "error")).stderr(new Stream.Merged());
        assertThat(new String(bench().bytesOf(request), StandardCharsets.UTF_8)).isEqualTo("output,error");
        Path file = folder.resolve("file");
        runToEnd(request.stdout(new Stream.Written(file, false)));
        assertThat(file).hasContent("output,error");
    }

    private void runToEnd(Request request) throws Exception {
        try (Tree tree = bench().start(request)) {
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    default void filesAreReadMadeTruncatedAndAppendedTo(@TempDir Path folder) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "input\n");
        Path out = folder.resolve("out");
        Request copy = copying().stdin(new Stream.Read(in)).stdout(new Stream.Written(out, false));
        runToEnd(copy);
        assertThat(out).hasContent("input\n");
        Files.writeString(out, "something longer than that\n");
        runToEnd(copy);
        assertThat(out).hasContent("input\n");
        runToEnd(copy.stdout(new Stream.Written(out, true)));
        assertThat(out).hasContent("input\ninput\n");
        Path made = folder.resolve("made");
        runToEnd(copy.stdout(new Stream.Written(made, true)));
        assertThat(made).hasContent("input\n");
    }

    @Test
    default void theEndOfTheOutputComesWhenNobodyCanWriteAnyMore() throws Exception {
        try (Tree tree = bench().start(programs().leavesDetached())) {
            Output output = tree.output();
            long detached = tree.printedPids(1).get(0);
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(lives(detached)).isTrue();
            assertThat(output.hasEnded()).isFalse();
            tree.containment().kill();
            assertThat(output.text()).isEqualTo(detached + "\n");
            PipeReader closed = tree.leader().stdout().orElseThrow();
            assertThatThrownBy(() -> closed.read(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
        }
    }

    @Test
    default void nothingThereIsNoEnd() throws Exception {
        try (Tree tree = bench().start(Request.of(programs().sleeps()).stdin(new Stream.Piped()))) {
            PipeReader reader = tree.leader().stdout().orElseThrow();
            assertThat(reader.read(ByteBuffer.allocate(100))).isZero();
            PipeWriter writer = tree.leader().stdin().orElseThrow();
            assertThat(fill(writer)).isPositive();
            CompletableFuture<Void> readerCalled = new CompletableFuture<>();
            CompletableFuture<Void> writerCalled = new CompletableFuture<>();
            reader.whenReady(() -> readerCalled.complete(null));
            writer.whenReady(() -> writerCalled.complete(null));
            assertThat(readerCalled).isNotDone();
            assertThat(writerCalled).isNotDone();
            // Closing our ends is something to hear of, too.
            reader.close();
            writer.close();
            Patience.get(readerCalled, "the callback of a reader that is closed");
            Patience.get(writerCalled, "the callback of a writer that is closed");
            reader.close();
            writer.close();
        }
    }

    /** Writes until nothing fits. */
    private static long fill(PipeWriter writer) throws IOException {
        long written = 0;
        for (int count = 1; count > 0; written += count) {
            count = writer.write(ByteBuffer.allocate(65536));
        }
        return written;
    }

    @Test
    default void theEndOfItsInputReachesAProgramThoughOthersWereStartedMeanwhile() throws Exception {
        try (Tree tree = bench().start(copying().stdin(new Stream.Piped()));
                Tree later = bench().start(programs().sleeps())) {
            tree.leader().stdin().orElseThrow().close();
            assertThat(tree.output().all()).isEmpty();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(later.containment().isEmpty()).isFalse();
        }
    }

    @Test
    default void aProgramThatDoesNotReadItsInputIsTold() throws Exception {
        try (Tree tree = bench().start(Request.of(programs().exits(0)).stdin(new Stream.Piped()))) {
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            tree.awaitEmpty();
            PipeWriter writer = tree.leader().stdin().orElseThrow();
            assertThatThrownBy(() -> fill(writer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    default void aProgramWhoseOutputNobodyReadsEnds() throws Exception {
        try (Tree tree = bench().start(Request.of(programs().printsForEver()).stderr(new Stream.Discarded()))) {
            PipeReader reader = tree.leader().stdout().orElseThrow();
            CompletableFuture<Void> printed = new CompletableFuture<>();
            reader.whenReady(() -> printed.complete(null));
            Patience.get(printed, "the first output");
            reader.close();
            assertThat(tree.awaitExit()).isNotEqualTo(new ExitStatus.Exited(0));
            tree.awaitEmpty();
        }
    }
}
