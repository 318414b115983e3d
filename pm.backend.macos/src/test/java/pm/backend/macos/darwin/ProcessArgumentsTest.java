package pm.backend.macos.darwin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import pm.backend.macos.tree.TreeIds;

/** Bytes as sysctl_procargsx (bsd/kern/kern_sysctl.c) hands them out. */
class ProcessArgumentsTest {
    @Test
    void argumentsAndEnvironmentAreReadAndWhatTheKernelAddsIsNot() {
        byte[] bytes = bytes(
                3,
                "/bin/sh\0\0\0\0\0\0\0\0\0sh\0-c\0exit 0\0HOME=/Users/x\0PM_INSTANCE_ID=i\0PM_PROCESS_ID=p\0\0"
                        + "ptr_munge=\0main_stack=\0");
        ProcessArguments read = ProcessArguments.parse(bytes, bytes.length).orElseThrow();
        assertThat(read.arguments()).containsExactly("sh", "-c", "exit 0");
        assertThat(read.environment()).containsExactly("HOME=/Users/x", "PM_INSTANCE_ID=i", "PM_PROCESS_ID=p");
        assertThat(new TreeIds("i", "p").areIn(read.environment())).isTrue();
        assertThat(new TreeIds("i", "other").areIn(read.environment())).isFalse();
    }

    @Test
    void emptyArgumentsCount() {
        byte[] bytes = bytes(3, "/bin/x\0\0x\0\0last\0A=1\0\0");
        ProcessArguments read = ProcessArguments.parse(bytes, bytes.length).orElseThrow();
        assertThat(read.arguments()).containsExactly("x", "", "last");
        assertThat(read.environment()).containsExactly("A=1");
    }

    @Test
    void anEnvironmentThatIsNotForUsIsEmpty() {
        byte[] bytes = bytes(1, "/bin/sleep\0\0\0sleep\0");
        assertThat(ProcessArguments.parse(bytes, bytes.length))
                .hasValueSatisfying(read -> assertThat(read.environment()).isEmpty());
    }

    @Test
    void whatIsCutShortIsNothing() {
        byte[] bytes = bytes(4, "/bin/x\0\0x\0y\0");
        assertThat(ProcessArguments.parse(bytes, bytes.length)).isEmpty();
        assertThat(ProcessArguments.parse(bytes, 3)).isEmpty();
    }

    private static byte[] bytes(int count, String rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(0, count)
                .array());
        bytes.writeBytes(rest.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
