package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.Cause;
import pm.api.ExitStatus;
import pm.api.ManagedProcess;
import pm.api.Overflow;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

class OutputTest extends Managed {
    @Test
    void keepsHeadOrTailWithinTheBound() throws Exception {
        ProcessResult result = pm.run(sh("seq 1 100000; seq 1 100000 >&2")
                .stdout(Stdio.capture(6, Overflow.KEEP_HEAD))
                .stderr(Stdio.capture(7, Overflow.KEEP_TAIL)));
        assertThat(result.stdout().orElseThrow().text()).isEqualTo("1\n2\n3\n");
        assertThat(result.stderr().orElseThrow().text()).isEqualTo("100000\n");
        assertThat(result.stdout().orElseThrow().total()).isEqualTo(588_895);
        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void anOverflowThatFailsEndsTheTree() throws Exception {
        ProcessResult result = pm.run(ProcessSpec.of("yes").stdout(Stdio.capture(1000, Overflow.FAIL)));
        assertThat(result.cause()).isEqualTo(Cause.OUTPUT_OVERFLOW);
        assertThat(result.stdout().orElseThrow().bytes()).hasSize(1000);
    }

    @Test
    void writesToFilesAndReadsFromThem(@TempDir Path folder) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "text");
        Path out = Files.writeString(folder.resolve("out"), "old content");
        pm.run(ProcessSpec.of("cat").stdin(Stdio.from(in)).stdout(Stdio.to(out)));
        assertThat(out).hasContent("text");
        pm.run(ProcessSpec.of("cat").stdin(Stdio.from(in)).stdout(Stdio.appendTo(out)));
        assertThat(out).hasContent("texttext");
    }

    @Test
    void givesLinesInOrderBeforeTheResult() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        ProcessResult result = pm.run(sh("seq 1 20000; printf 'cr\\r\\nlast'").stdout(Stdio.lines(lines::add)));
        assertThat(result.isSuccess()).isTrue();
        assertThat(lines).hasSize(20_002).startsWith("1", "2").endsWith("20000", "cr", "last");
    }

    @Test
    void aConsumerThatThrowsIsAWarningAndTheChildGoesOn() throws Exception {
        List<String> lines = new ArrayList<>();
        ProcessResult result = pm.run(sh("seq 1 100000").stdout(Stdio.lines(line -> {
            lines.add(line);
            throw new IllegalStateException("no more");
        })));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.warnings()).singleElement().asString().contains("no more");
        assertThat(lines).containsExactly("1");
    }

    @Test
    void aConsumerThatHangsStopsItsChildOnlyAndTheResultDoesNotWaitForIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ManagedProcess stuck = pm.spawn(
                ProcessSpec.of("yes").stdout(Stdio.lines(line -> join(release), StandardCharsets.UTF_8, executor)))) {
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            pm.run(sh("seq 1 3").stdout(Stdio.lines(lines::add)));
            assertThat(lines).containsExactly("1", "2", "3");
            ProcessResult result = stuck.stop().get();
            assertThat(result.cause()).isEqualTo(Cause.STOPPED);
            assertThat(result.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("consumer"));
        } finally {
            release.countDown();
            executor.shutdown();
        }
    }

    @Test
    void aConsumerMayCloseItsOwnProcess() throws Exception {
        AtomicReference<ManagedProcess> process = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        process.set(pm.spawn(ProcessSpec.of("yes").stdout(Stdio.lines(line -> {
            join(known);
            process.get().close();
            closed.complete(null);
        }))));
        known.countDown();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(closed).isDone());
        assertThat(pm.active()).isEmpty();
    }

    @Test
    void aSlowReaderSlowsTheChild() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("head -c 10000000 /dev/zero; echo done >&2")
                .stdout(Stdio.pipe())
                .stderr(Stdio.pipe()))) {
            assertThat(process.await(Duration.ofMillis(300))).isEmpty();
            assertThat(process.stderr().available()).isZero();
            assertThat(process.stdout().readAllBytes()).hasSize(10_000_000);
            assertThat(new String(process.stderr().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("done\n");
            assertThat(process.await().isSuccess()).isTrue();
        }
    }

    @Test
    void whatNobodyHasReadCanBeReadAfterTheEnd() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("echo late").stdout(Stdio.pipe()))) {
            process.await();
            assertThat(pm.active()).isEmpty();
            assertThat(new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("late\n");
        }
    }

    @Test
    void aPipeThatSomebodyElseHoldsDelaysNothing() throws Exception {
        try (ManagedProcess process =
                        pm.spawn(sh("echo begin; sleep 0.3; echo end").stdout(Stdio.capture(1, Stdio.KIB)));
                OutputStream leak = new FileOutputStream("/proc/" + process.pid() + "/fd/1")) {
            assertThat(process.await().stdout().orElseThrow().text()).isEqualTo("begin\nend\n");
            assertThatThrownBy(() -> leak.write(1)).isInstanceOf(IOException.class);
        }
        try (ManagedProcess process =
                        pm.spawn(sh("echo begin; sleep 0.3; echo end").stdout(Stdio.pipe()));
                OutputStream leak = new FileOutputStream("/proc/" + process.pid() + "/fd/1")) {
            assertThat(new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("begin\nend\n");
            assertThat(leak).isNotNull();
        }
    }

    @Test
    void aGrandchildThatHoldsTheOutputDoesNotHoldTheReader() throws Exception {
        try (ManagedProcess process =
                pm.spawn(sh("setsid sleep 1000 & echo out").stdout(Stdio.pipe()))) {
            assertThat(new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("out\n");
        }
    }

    @Test
    void closingAStreamWakesItsReader() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("sleep 1000").stdout(Stdio.pipe()))) {
            InputStream stream = process.stdout();
            AtomicReference<Exception> thrown = new AtomicReference<>();
            Thread reader = reader(stream, thrown);
            stream.close();
            join(reader);
            assertThat(thrown.get()).isInstanceOf(IOException.class).hasMessage("Stream closed");
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptEndsARead() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("sleep 1000").stdout(Stdio.pipe()))) {
            AtomicReference<Exception> thrown = new AtomicReference<>();
            Thread reader = reader(process.stdout(), thrown);
            reader.interrupt();
            join(reader);
            assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void feedsAStreamOfTheCallers() throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            ProcessResult result = pm.run(ProcessSpec.of("cat")
                    .stdin(Stdio.from(new ByteArrayInputStream(bytes), executor))
                    .stdout(Stdio.capture(2, Stdio.MIB)));
            assertThat(result.stdout().orElseThrow().bytes()).isEqualTo(bytes);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aChildThatReadsNoFurtherIsNoError() throws Exception {
        byte[] much = new byte[1_000_000];
        ProcessResult result = pm.run(ProcessSpec.of("head", "-c", "1").stdin(Stdio.from(much)));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.warnings()).isEmpty();
        try (ManagedProcess process = pm.spawn(
                sh("exec <&-; echo closed; sleep 1000").stdin(Stdio.pipe()).stdout(Stdio.pipe()))) {
            assertThat(process.stdout().read()).isEqualTo('c');
            assertThatThrownBy(() -> process.stdin().write(much))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Broken pipe");
        }
    }

    @Test
    void aWriterWaitsForASlowChildAndIsWokenByItsEnd() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("sleep 1000").stdin(Stdio.pipe()))) {
            AtomicReference<Exception> thrown = new AtomicReference<>();
            Thread writer = new Thread(() -> {
                try {
                    process.stdin().write(new byte[1_000_000]);
                } catch (IOException e) {
                    thrown.set(e);
                }
            });
            writer.start();
            await().until(() -> writer.getState() == Thread.State.WAITING);
            process.kill().get();
            join(writer);
            assertThat(thrown.get()).hasMessage("Broken pipe");
        }
    }

    @Test
    void streamsThatAreNotPipedAreEmptyOrClosed() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("cat; exit 4"))) {
            assertThat(process.stdout().read()).isEqualTo(-1);
            assertThatThrownBy(() -> process.stdin().write(1)).isInstanceOf(IOException.class);
            assertThat(process.await().exit()).isEqualTo(new ExitStatus.Exited(4));
        }
    }

    @Test
    void outputOfManyAtOnceIsNotMixed() throws Exception {
        List<ManagedProcess> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(pm.spawn(sh("seq 1 20000 | sed 's/^/" + i + ": /'").stdout(Stdio.capture(1, Stdio.MIB))));
        }
        for (int i = 0; i < 20; i++) {
            String prefix = i + ": ";
            String text = all.get(i).await().stdout().orElseThrow().text();
            assertThat(text.lines()).hasSize(20_000).allMatch(line -> line.startsWith(prefix));
        }
    }

    private static Thread reader(InputStream stream, AtomicReference<Exception> thrown) {
        Thread reader = new Thread(() -> {
            try {
                int read = stream.read();
                thrown.set(new Exception("read " + read));
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);
        return reader;
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
