package pm.backend.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTest {
    /** O_CLOEXEC, as proc_pid_fdinfo(5) shows it: octal. */
    private static final String CLOSE_ON_EXEC = "02";

    @Test
    void aRefusedCallSaysWhatAndWhy() {
        assertThatThrownBy(() -> Kernel.open(Path.of("/nonexistent"), Kernel.O_RDONLY))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessage("open /nonexistent: no such file or directory (ENOENT)");
        assertThat(KernelException.reason(9999)).contains("errno 9999");
    }

    @Test
    void foldersAreMadeOpenedAndRemovedByDescriptor(@TempDir Path folder) throws Exception {
        int descriptor = Kernel.open(folder, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        try {
            Kernel.makeFolderAt(descriptor, "new");
            assertThat(folder.resolve("new")).isDirectory();
            int file = Kernel.openAt(descriptor, "new/file", Kernel.O_WRONLY | Kernel.O_CREAT);
            Kernel.close(file);
            assertThatThrownBy(() -> Kernel.removeFolderAt(descriptor, "new")).hasMessageContaining("ENOTEMPTY");
            Files.delete(folder.resolve("new/file"));
            Kernel.removeFolderAt(descriptor, "new");
            assertThat(folder.resolve("new")).doesNotExist();
        } finally {
            Kernel.close(descriptor);
        }
    }

    @Test
    void buffersOfBothKindsAreReadAndWrittenFromTheirPosition(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        int out = Kernel.open(file, Kernel.O_WRONLY | Kernel.O_CREAT);
        ByteBuffer heap =
                ByteBuffer.wrap("xab".getBytes(StandardCharsets.UTF_8)).position(1);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(3).put(heap.duplicate().rewind()).position(1);
        assertThat(Kernel.write(out, heap)).isEqualTo(2);
        assertThat(Kernel.write(out, direct)).isEqualTo(2);
        assertThat(heap.remaining() + direct.remaining()).isZero();
        Kernel.close(out);
        assertThat(file).hasContent("abab");

        int in = Kernel.open(file, Kernel.O_RDONLY);
        try {
            for (ByteBuffer buffer : new ByteBuffer[] {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(3)}) {
                assertThat(Kernel.read(in, buffer.position(1))).isEqualTo(2);
                assertThat(buffer.get(1)).isEqualTo((byte) 'a');
                assertThat(buffer.position()).isEqualTo(3);
            }
            assertThat(Kernel.read(in, ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(Kernel.read(in, ByteBuffer.allocate(0))).isZero();
            byte[] whole = new byte[10];
            assertThat(Kernel.readAt(in, whole, 0)).isEqualTo(4);
            assertThat(Kernel.readAt(in, whole, 3)).isEqualTo(1);
            assertThat(Kernel.readAt(in, whole, 4)).isZero();
        } finally {
            Kernel.close(in);
        }
    }

    @Test
    void aLockIsHeldByOneOpenFile(@TempDir Path folder) throws Exception {
        int first = Kernel.open(folder, Kernel.O_RDONLY);
        int second = Kernel.open(folder, Kernel.O_RDONLY);
        assertThat(Kernel.tryLock(first)).isTrue();
        assertThat(Kernel.tryLock(second)).isFalse();
        Kernel.close(first);
        assertThat(Kernel.tryLock(second)).isTrue();
        Kernel.close(second);
    }

    @Test
    void attributesThatAreNotThereAreEmpty(@TempDir Path folder) throws Exception {
        assertThat(Kernel.attribute(folder, "user.pm-none")).isEmpty();
        assertThat(Kernel.attribute(Path.of("/proc/self"), "user.pm-none")).isEmpty();
        assertThatThrownBy(() -> Kernel.attribute(folder.resolve("none"), "user.x"))
                .hasMessageContaining("ENOENT");
    }

    @Test
    void pairsAreAboveTheStandardStreamsAndCloseOnExec() throws Exception {
        for (Pipes.Ends ends : new Pipes.Ends[] {Pipes.toRead(), Pipes.toWrite(), Pipes.toAwait(), Pipes.packets()}) {
            for (int end : new int[] {ends.near(), ends.far()}) {
                assertThat(end).isGreaterThan(2);
                assertThat(Files.readAllLines(Path.of("/proc/self/fdinfo/" + end)))
                        .anyMatch(line -> line.matches("flags:\\s+" + CLOSE_ON_EXEC + "[0-7]{6}"));
            }
            ends.close();
        }
    }

    @Test
    void ourEndOfAPipeDoesNotBlock() throws Exception {
        Pipes.Ends ends = Pipes.toRead();
        assertThatThrownBy(() -> Kernel.read(ends.near(), ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
        Kernel.close(ends.far());
        assertThat(Kernel.read(ends.near(), ByteBuffer.allocate(1))).isEqualTo(-1);
        Kernel.close(ends.near());
    }

    @Test
    void aSealedProgramCannotBeChanged() throws Exception {
        int program = MemoryFile.sealedProgram("pm-test", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThatThrownBy(() -> Kernel.write(program, ByteBuffer.wrap(new byte[] {4})))
                .hasMessageContaining("EPERM");
        assertThatThrownBy(() -> Kernel.open(Path.of("/proc/self/fd/" + program), Kernel.O_RDWR | Kernel.O_TRUNC))
                .hasMessageContaining("EPERM");
        assertThat(Kernel.readAt(program, new byte[10], 0)).isEqualTo(3);
        Kernel.close(program);
    }

    @Test
    void processesAreHeld() throws Exception {
        HeldProcess self = HeldProcess.open(ProcessHandle.current().pid());
        self.signal(0);
        self.close();
        // Above the highest pid that proc_sys_kernel(5) allows.
        assertThatThrownBy(() -> HeldProcess.open(5_000_000)).hasMessageContaining("ESRCH");
        assertThat(Kernel.isOpen(self.descriptor())).isFalse();
    }
}
