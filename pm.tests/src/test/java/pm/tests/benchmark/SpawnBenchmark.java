package pm.tests.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.zeroturnaround.exec.ProcessExecutor;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;
import pm.testing.SpawnsBehindPm;

/** From spawn to exit of {@code /bin/true} with its output read to the end: pm, with everything that it guarantees, beside its peers, which do not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SpawnsBehindPm("the peers are what pm is measured against")
public class SpawnBenchmark {
    private ProcessManager manager;

    /** Opens the manager. */
    @Setup
    public void open() {
        manager = ProcessManagers.open(PmApi.VERSION);
    }

    /** Closes the manager. */
    @TearDown
    public void close() {
        manager.close();
    }

    /** pm with two pipes, read by the caller. */
    @Benchmark
    public long pmPipes() throws IOException, InterruptedException {
        ProcessSpec spec = ProcessSpec.of("/bin/true")
                .stdin(Stdio.pipe())
                .stdout(Stdio.pipe())
                .stderr(Stdio.pipe());
        try (ManagedProcess process = manager.spawn(spec)) {
            long read = process.stdout().transferTo(OutputStream.nullOutputStream());
            process.await();
            return read;
        }
    }

    /** pm with a capture. */
    @Benchmark
    public ProcessResult pmCapture() throws InterruptedException {
        return manager.run(ProcessSpec.of("/bin/true").stdout(Stdio.capture(64, Stdio.KIB)));
    }

    /** The JDK's own. */
    @Benchmark
    public long processBuilder() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/true").start();
        try (InputStream output = process.getInputStream()) {
            long read = output.transferTo(OutputStream.nullOutputStream());
            process.waitFor();
            return read;
        }
    }

    /** zt-exec. */
    @Benchmark
    public int ztExec() throws Exception {
        return new ProcessExecutor("/bin/true").readOutput(true).execute().getExitValue();
    }

    /** Commons Exec. */
    @Benchmark
    public int commonsExec() throws IOException {
        return DefaultExecutor.builder().get().execute(new CommandLine("/bin/true"));
    }

    /** Runs the benchmark. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(SpawnBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
