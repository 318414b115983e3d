package pm.backend.windows.stop;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pm.backend.windows.commandline.RefusedCommandException;
import pm.backend.windows.kernel.Handle;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.OpenFiles;
import pm.backend.windows.kernel.StandardHandles;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.BackendException;

/**
 * Sends events to the consoles of trees, by {@code pm-console.exe}, so that our own console is not touched: a process reaches only the console
 * to which it is attached. The program is written to a temporary file when it is first needed; nobody can change the file while it is
 * there, and it goes with the session, or with the JVM. Safe for use by any thread.
 */
public final class TreeConsoles implements AutoCloseable {
    private static final String RESOURCE = "/pm/backend/windows/pm-console.exe";
    /** So that the command line is not too long. Further ones are mostly on the same consoles. */
    private static final int MOST_PIDS = 2000;

    private final HelperProcesses helpers;
    private Path file;
    private Handle kept;
    private boolean closed;

    /** What it answers: the exit codes of pm-console.c. */
    public enum Answer {
        /** At least one console has heard. */
        HEARD,
        /** None of the processes has a console. */
        NOBODY,
        /** It was not understood. */
        USAGE,
        /** A console is left alone, because others use it, too. */
        STRANGERS,
        /** Windows refused, or the helper did not come to its end. */
        REFUSED;

        static Answer of(int code) {
            return code >= 0 && code < values().length ? values()[code] : REFUSED;
        }
    }

    /** For one session. */
    public TreeConsoles(HelperProcesses helpers) {
        this.helpers = helpers;
    }

    /**
     * Sends an event, and returns.
     *
     * @param event of {@link pm.backend.windows.kernel.ConsoleEvents}
     * @param job whose processes are meant; the helper asks again whether a pid is in it
     * @param pids that were in it
     * @param answered hears what became of it, on the loop's thread
     */
    public void send(int event, Job job, List<Integer> pids, Consumer<Answer> answered) throws BackendException {
        try (Handle asking = StandardHandles.toAsk(job)) {
            List<String> arguments = new ArrayList<>(List.of(Integer.toString(event), asking.number()));
            pids.stream().limit(MOST_PIDS).forEach(pid -> arguments.add(Integer.toUnsignedString(pid)));
            helpers.start(program().toString(), arguments, List.of(asking), code -> answered.accept(Answer.of(code)));
        } catch (WindowsException | RefusedCommandException | IOException refused) {
            throw new BackendException(
                    "Could not send an event to the consoles of a tree: " + refused.getMessage()
                            + "; programs must be executable in the folder that java.io.tmpdir names",
                    refused);
        }
    }

    private synchronized Path program() throws IOException, WindowsException {
        if (closed) {
            throw new IOException("the session is closed");
        }
        if (file == null) {
            Path made = Files.createTempFile("pm-console-", ".exe");
            try (InputStream program = TreeConsoles.class.getResourceAsStream(RESOURCE)) {
                Files.copy(program, made, StandardCopyOption.REPLACE_EXISTING);
                kept = OpenFiles.toGoWithUs(made.toString());
            } catch (IOException | WindowsException refused) {
                Files.deleteIfExists(made);
                throw refused;
            }
            file = made;
        }
        return file;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (kept != null) {
            kept.close();
            // Where the system did not do it.
            new File(file.toString()).delete();
        }
    }
}
