package pm.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * Where pm's own words go. Each text is one write, so that it is not torn apart by the command, which writes to the same file. What cannot be
 * written is dropped: there is nobody left to tell. Safe for use by any thread.
 */
public final class Console {
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

    /** Tells what went wrong, on standard error. */
    public void complain(String message) {
        line("pm: " + message);
    }

    /** Writes one line to standard error. */
    public void line(String text) {
        write(err, text + "\n");
    }

    private static void write(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(Charset.defaultCharset()));
            stream.flush();
        } catch (IOException readerGone) {
            // See above.
        }
    }
}
