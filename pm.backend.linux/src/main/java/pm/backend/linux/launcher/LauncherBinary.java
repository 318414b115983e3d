package pm.backend.linux.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.MemoryFile;
import pm.backend.linux.kernel.Pipes;
import pm.backend.linux.kernel.Processor;
import pm.backend.posix.libc.Children;
import pm.backend.posix.libc.LibcException;
import pm.backend.posix.libc.PosixSpawn;
import pm.backend.posix.libc.PosixSpawn.Descriptor;
import pm.backend.posix.process.NativeText;
import pm.spi.BackendException;

/** The launcher as a program that can be executed: the one of this bundle, from memory, or another build of it. Safe for any thread. */
public final class LauncherBinary implements AutoCloseable {
    static final String NAME = "pm-launch";
    static final String GUARD_NAME = "pm-guard";
    private static final String FOLDER = "/pm/backend/linux/";
    private static final String EXPECTED_VERSION = "pm-launch protocol 5\n";
    private static final int VERSION_BYTES = 256;

    private final int descriptor;
    private final String source;

    private LauncherBinary(int descriptor, String source) {
        this.descriptor = descriptor;
        this.source = source;
    }

    /**
     * Opens it and sees that it runs.
     *
     * @param named another build, as {@link pm.api.Setting#LAUNCHER} names it
     * @throws BackendException when there is none for this processor, it may not be executed, or is of another version
     */
    public static LauncherBinary open(Optional<String> named) throws BackendException {
        checkMemoryFiles();
        LauncherBinary binary = named.isPresent() ? ofFile(named.get()) : ofBundle();
        try {
            binary.checkVersion();
            return binary;
        } catch (BackendException refused) {
            binary.close();
            throw refused;
        }
    }

    /** Requests to any launcher are files in memory: better known now than at the first spawn. */
    private static void checkMemoryFiles() throws BackendException {
        try {
            Kernel.close(MemoryFile.of("pm-request", ByteBuffer.allocate(0)));
        } catch (KernelException refused) {
            throw new BackendException(
                    "Could not make a file in memory: " + refused.getMessage()
                            + "; pm hands over its requests in such files, allow the system call memfd_create",
                    refused);
        }
    }

    private static LauncherBinary ofFile(String file) throws BackendException {
        LauncherFile checked = LauncherFile.check(file);
        try {
            return new LauncherBinary(
                    Kernel.open(checked.path(), Kernel.O_RDONLY), checked.path().toString());
        } catch (KernelException refused) {
            throw new BackendException("Could not open the launcher: " + refused.getMessage(), refused);
        }
    }

    private static LauncherBinary ofBundle() throws BackendException {
        String processor = Processor.name()
                .orElseThrow(() -> new BackendException("Could not find a launcher for the processor "
                        + System.getProperty("os.arch") + ": only x86-64 and aarch64 have one, build it and name it in"
                        + " PM_LAUNCHER"));
        String resource = FOLDER + NAME + "-" + processor;
        try (InputStream in = LauncherBinary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new BackendException(
                        "Could not find the launcher: the bundle has no " + resource + ", use an unchanged one");
            }
            return new LauncherBinary(MemoryFile.sealedProgram(NAME, ByteBuffer.wrap(in.readAllBytes())), "memory");
        } catch (IOException | KernelException refused) {
            throw new BackendException(
                    "Could not put the launcher into memory: " + refused.getMessage() + "; where programs in memory are"
                            + " forbidden (sysctl vm.memfd_noexec), name a file in PM_LAUNCHER",
                    refused);
        }
    }

    /** Where it is executed from, for a person. */
    public String source() {
        return source;
    }

    /**
     * Starts it.
     *
     * @param name by which tools such as ps(1) show it
     * @param argument its only one
     * @param descriptors what it gets; all else is close-on-exec
     * @return its pid
     */
    int start(String name, String argument, List<Descriptor> descriptors) throws LibcException {
        return PosixSpawn.start(
                NativeText.terminated("/proc/self/fd/" + descriptor),
                List.of(NativeText.terminated(name), NativeText.terminated(argument)),
                descriptors);
    }

    private void checkVersion() throws BackendException {
        String version;
        try {
            version = readVersion();
        } catch (LibcException refused) {
            throw new BackendException(
                    "Could not run the launcher from " + source + ": " + refused.getMessage()
                            + "; where programs in memory may not be executed, name a file in PM_LAUNCHER",
                    refused);
        }
        if (!version.equals(EXPECTED_VERSION)) {
            throw new BackendException(
                    "Could not use the launcher from " + source + ": it says '" + version.strip() + "' and not '"
                            + EXPECTED_VERSION.strip() + "', name the one of this version in PM_LAUNCHER or none");
        }
    }

    private String readVersion() throws LibcException {
        Pipes.Ends pipe = Pipes.toAwait();
        int pid;
        try {
            pid = start(NAME, "--version", List.of(new Descriptor(pipe.far(), 1)));
        } catch (LibcException refused) {
            pipe.close();
            throw refused;
        }
        Kernel.close(pipe.far());
        ByteBuffer text = ByteBuffer.allocate(VERSION_BYTES);
        try {
            int count;
            do {
                count = Kernel.read(pipe.near(), text);
                // Until its end, or until it has said too much to be the right one.
            } while (count > 0);
        } finally {
            // First closed, so that one who goes on talking ends by SIGPIPE.
            Kernel.close(pipe.near());
            awaitEnd(pid);
        }
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    }

    private static void awaitEnd(int pid) {
        try {
            Children.await(pid);
        } catch (LibcException reapedByKernel) {
            // ECHILD, with SIGCHLD ignored: what it said counts.
        }
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
