package pm.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of {@code --report}: opened as a temporary file beside its target before anything is started, and put in its place when it is
 * complete, so that a reader sees a whole report or none. Nobody else may read it, and no symbolic link is followed.
 */
final class ReportFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    private ReportFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Creates the temporary file.
     *
     * @throws IOException when it cannot be written there; the message says why
     */
    static ReportFile open(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IOException(failure(file, "there is no folder " + folder + ", create it first"));
        }
        boolean nothingThere = Files.notExists(target, LinkOption.NOFOLLOW_LINKS);
        if (folder == null || !(nothingThere || Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(failure(file, "it is a link, folder or device, name a plain file or a new one"));
        }
        // Unique among the living; a leftover of the dead is not opened, since the file must be new.
        Path temporary = folder.resolve(
                "pm-report-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
        try {
            return new ReportFile(
                    target,
                    temporary,
                    FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                            forOwnerOnly(folder)));
        } catch (IOException e) {
            throw new IOException(failure(file, "no file can be made in its folder (" + e + ")"), e);
        }
    }

    /** Writes the whole report and puts it in place. */
    void write(String text) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(failure(target, e.toString()), e);
        }
    }

    /** Removes the temporary file, unless it was put in place. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }

    private static FileAttribute<?>[] forOwnerOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String failure(Path file, String reason) {
        return "Could not write report " + file + ": " + reason;
    }
}
