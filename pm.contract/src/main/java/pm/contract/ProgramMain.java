package pm.contract;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** What {@link WindowsPrograms} runs where {@code cmd.exe} cannot do it: the first argument says what. Nothing is buffered. */
final class ProgramMain {
    private static final int MEGABYTE = 1 << 20;
    private static final int TICK_MILLIS = 30;

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    private ProgramMain() {}

    /**
     * Does it.
     *
     * @param arguments what to do, and with what
     */
    public static void main(String[] arguments) throws Exception {
        new ProgramMain().act(arguments[0], Arrays.asList(arguments).subList(1, arguments.length));
    }

    private void act(String what, List<String> with) throws Exception {
        switch (what) {
            case "print" -> print(out, with.get(0));
            case "print-both" -> {
                print(out, with.get(0));
                print(err, with.get(1));
            }
            case "print-arguments" -> {
                for (String argument : with) {
                    print(out, argument + "\0");
                }
            }
            case "print-environment" -> printEnvironment();
            case "print-directory" -> print(out, Path.of("").toRealPath() + "\n");
            case "print-forever" -> tick(0);
            case "tick" -> tick(TICK_MILLIS);
            case "copy" -> copy();
            case "compute" -> compute(Long.parseLong(with.get(0)));
            case "want" -> want(Long.parseLong(with.get(0)));
            case "sleep" -> sleep();
            case "stubborn" -> beStubborn(ProcessHandle.current());
            case "stubborn-with-parent" ->
                beStubborn(
                        ProcessHandle.current(),
                        ProcessHandle.current().parent().orElseThrow());
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void print(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Names that begin with {@code =} are cmd.exe's memory of a directory for each drive. */
    private void printEnvironment() throws IOException {
        StringBuilder lines = new StringBuilder();
        System.getenv().forEach((name, value) -> {
            if (!name.startsWith("=")) {
                lines.append(name).append('=').append(value).append('\n');
            }
        });
        print(out, lines.toString());
    }

    private void tick(long pauseMillis) throws IOException, InterruptedException {
        while (true) {
            print(out, "tick\n");
            Thread.sleep(pauseMillis);
        }
    }

    /** Not by transferTo, which asks for the position, which a pipe of Wine has not. */
    private void copy() throws IOException {
        byte[] buffer = new byte[MEGABYTE / 16];
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
    }

    private static void compute(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void want(long bytes) throws IOException {
        List<byte[]> had = new ArrayList<>();
        while ((long) had.size() * MEGABYTE < bytes) {
            byte[] more = new byte[MEGABYTE];
            Arrays.fill(more, (byte) 1);
            had.add(more);
        }
        print(out, "given\n");
    }

    private static void sleep() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** The stop signal begins the end of a JVM, which then waits for this hook, for ever. */
    private void beStubborn(ProcessHandle... printed) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> new CompletableFuture<Void>().join()));
        StringBuilder pids = new StringBuilder();
        for (ProcessHandle process : printed) {
            pids.append(process.pid()).append('\n');
        }
        print(out, pids.toString());
        sleep();
    }
}
