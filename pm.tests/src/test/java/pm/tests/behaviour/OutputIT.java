package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.ManagedProcess;
import pm.api.Overflow;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class OutputIT extends OpenManager {
    @TempDir
    Path folder;

    OutputIT(String containment) {
        super(containment);
    }

    private static ProcessSpec sh(String script) {
        return ProcessSpec.of("sh", "-c", script);
    }

    @Test
    void bytesGoThroughUnchanged() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        ProcessResult result =
                manager.run(ProcessSpec.of("cat").stdin(Stdio.from(bytes)).stdout(Stdio.capture(4, Stdio.MIB)));
        assertThat(result.stdout().orElseThrow().bytes()).isEqualTo(bytes);
        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void inputFromAStreamAndAFile() throws Exception {
        byte[] bytes = "from a stream".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        ProcessSpec cat = ProcessSpec.of("cat").stdout(Stdio.capture(1, Stdio.MIB));
        ProcessResult streamed =
                manager.run(cat.stdin(Stdio.from(new ByteArrayInputStream(bytes), ForkJoinPool.commonPool())));
        assertThat(streamed.stdout().orElseThrow().bytes()).isEqualTo(bytes);

        Path file = Files.write(folder.resolve("in"), bytes);
        assertThat(manager.run(cat.stdin(Stdio.from(file)))
                        .stdout()
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
    }

    @Test
    void outputToAFileIsTruncatedOrAppended() throws Exception {
        Path file = Files.writeString(folder.resolve("out"), "old and long");
        manager.run(sh("printf new").stdout(Stdio.to(file))).orThrow();
        assertThat(file).hasContent("new");
        manager.run(sh("printf er").stdout(Stdio.appendTo(file))).orThrow();
        assertThat(file).hasContent("newer");
    }

    @Test
    void theThreeOverflowPolicies() throws Exception {
        ProcessSpec spec = sh("printf 0123456789; printf abcdef");
        assertThat(captured(spec, Overflow.KEEP_HEAD)).isEqualTo("01234567");
        assertThat(captured(spec, Overflow.KEEP_TAIL)).isEqualTo("89abcdef");
        ProcessResult failed = manager.run(sh("printf 0123456789; sleep 1000").stdout(Stdio.capture(8, Overflow.FAIL)));
        assertThat(failed.cause()).isEqualTo(Cause.OUTPUT_OVERFLOW);
        assertThat(failed.cleanup().proven()).isTrue();
    }

    private String captured(ProcessSpec spec, Overflow overflow) throws InterruptedException {
        ProcessResult result = manager.run(spec.stdout(Stdio.capture(8, overflow)));
        assertThat(result.isSuccess()).isTrue();
        assertThat(result.stdout().orElseThrow().total()).isEqualTo(16);
        assertThat(result.stdout().orElseThrow().isTruncated()).isTrue();
        return result.stdout().orElseThrow().text();
    }

    @Test
    void standardErrorMergedInTheOrderOfWriting() throws Exception {
        ProcessResult result = manager.run(sh("echo a; echo b >&2; echo c")
                .stdout(Stdio.capture(1, Stdio.KIB))
                .stderr(Stdio.merge()));
        assertThat(result.stdout().orElseThrow().text()).isEqualTo("a\nb\nc\n");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void linesInOrderAlsoTheLastWithoutEnd() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        manager.run(sh("printf 'one\\ntwo\\r\\n\\nfour'").stdout(Stdio.lines(lines::add)))
                .orThrow();
        Awaitility.await().untilAsserted(() -> assertThat(lines).containsExactly("one", "two", "", "four"));
    }

    @Test
    void aSlowConsumerSlowsTheChildAndNobodyElse() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ManagedProcess slow = manager.spawn(sh("yes | head -c 2000000; echo done >&2")
                .stdout(Stdio.lines(line -> awaitQuietly(release)))
                .stderr(Stdio.capture(1, Stdio.KIB)))) {
            ProcessResult other = manager.run(sh("echo quick").stdout(Stdio.capture(1, Stdio.KIB)));
            assertThat(other.isSuccess()).isTrue();
            assertThat(slow.await(Duration.ofMillis(300))).isEmpty();
            release.countDown();
            assertThat(slow.await().isSuccess()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatNobodyReadsNeverGrowsTheHeapNorHangsTheEnd() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("head -c 10000000 /dev/zero; echo end >&2")
                .stdout(Stdio.pipe())
                .stderr(Stdio.capture(1, Stdio.KIB)))) {
            assertThat(process.await(Duration.ofMillis(500))).isEmpty();
            assertThat(process.isAlive()).isTrue();
            ProcessResult stopped = process.stop().get(60, TimeUnit.SECONDS);
            assertThat(stopped.cause()).isEqualTo(Cause.STOPPED);
            assertThat(stopped.stderr().orElseThrow().text()).isEmpty();
        }
    }

    @Test
    void outputStaysReadableAfterTheEnd() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("echo late").stdout(Stdio.pipe()))) {
            process.await();
            assertThat(process.stdout().readAllBytes()).isEqualTo("late\n".getBytes(StandardCharsets.UTF_8));
            assertThat(process.stdout().read()).isEqualTo(-1);
        }
    }

    @Test
    void aReaderNeverHangsOnAGrandchildThatHoldsThePipe() throws Exception {
        try (ManagedProcess process =
                manager.spawn(sh("setsid sleep 1000 & echo out; exit 0").stdout(Stdio.pipe()))) {
            assertThat(new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("out\n");
            assertThat(process.await().cleanup().ended()).hasSize(1);
        }
    }

    @Test
    void descendantsMayBeWaitedFor() throws Exception {
        ProcessResult result = manager.run(sh("(sleep 0.3; echo grandchild) & exit 4")
                .descendants(Descendants.WAIT)
                .stdout(Stdio.capture(1, Stdio.KIB)));
        assertThat(result.stdout().orElseThrow().text()).isEqualTo("grandchild\n");
        assertThat(result.exit().shellCode()).isEqualTo(4);
        assertThat(result.cleanup().ended()).isEmpty();
    }

    @Test
    void conversation() throws Exception {
        try (ManagedProcess process =
                manager.spawn(ProcessSpec.of("cat").stdin(Stdio.pipe()).stdout(Stdio.pipe()))) {
            OutputStream in = process.stdin();
            InputStream out = process.stdout();
            for (String word : List.of("first", "second")) {
                in.write(word.getBytes(StandardCharsets.UTF_8));
                in.flush();
                assertThat(new String(out.readNBytes(word.length()), StandardCharsets.UTF_8))
                        .isEqualTo(word);
            }
            in.close();
            assertThat(out.read()).isEqualTo(-1);
            assertThat(process.await().isSuccess()).isTrue();
        }
    }

    @Test
    void aChildThatClosesItsInputBreaksThePipe() throws Exception {
        try (ManagedProcess process = manager.spawn(sh("exec <&-; sleep 1000").stdin(Stdio.pipe()))) {
            byte[] block = new byte[1 << 20];
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            process.stdin().write(block);
                            process.stdin().flush();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void inputThatIsNotReadDoesNotKeepTheEndBack() throws Exception {
        ProcessResult result = manager.run(sh("exit 5").stdin(Stdio.from(new byte[1 << 20])));
        assertThat(result.exit().shellCode()).isEqualTo(5);
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
    }
}
