package pm.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Where pm's own words go. Each text is one write, so that it is not torn apart by the command, which writes to the same file. What cannot be
 * written is dropped: there is nobody left to tell. Safe for use by any thread.
 */
public final class Console {
    /** A reader of standard error that reads nothing must not keep pm from ending. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** In a C locale words of the command line, which pm repeats, are as they were given: mostly UTF-8. */
    private static final Charset CHARSET = Charset.defaultCharset().equals(StandardCharsets.US_ASCII)
            ? StandardCharsets.UTF_8
            : Charset.defaultCharset();

    private final OutputStream out;
    private final OutputStream err;

    /** With the streams for results and for messages. */
    public Console(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    /** The standard output and error of this JVM. */
    public static Console ofThisJvm() {
        return new Console(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    /** Prints text that was asked for, such as a help page, to standard output. */
    public void print(String text) {
        write(out, text);
    }

    /** Tells what went wrong, on standard error. Waits only a moment for a reader. */
    public void complain(String message) {
        Thread writer = new Thread(() -> line("pm: " + message), "pm-complaint");
        writer.setDaemon(true);
        writer.start();
        try {
            writer.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes one line to standard error, however long that takes. */
    public void line(String text) {
        write(err, text + "\n");
    }

    private static void write(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(CHARSET));
            stream.flush();
        } catch (IOException readerGone) {
            // See above.
        }
    }
}
