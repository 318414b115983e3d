package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.launcher.LaunchRequest.Role;
import pm.backend.posix.process.NativeText;

/** The offsets are those of PROTOCOL.md. */
class LaunchRequestTest {
    private static final LaunchRequest REQUEST = new LaunchRequest(
            Role.SUPERVISE,
            1234,
            new Terms(
                    true,
                    ProcessLimits.of(Limits.none()
                            .with(LimitKind.OPEN_FILES, 100)
                            .with(LimitKind.FILE_SIZE, 1L << 40)
                            .with(LimitKind.NICE, -5)
                            .with(LimitKind.OOM_SCORE_ADJ, 321)
                            .affinity(1, 40)
                            .processes(7)),
                    20,
                    true,
                    true),
            List.of(7, 8),
            list("ls", "-l", ""),
            list("A=1"),
            list("/bin/ls", "/usr/bin/ls"),
            Optional.of(NativeText.bytes("/tmp")));

    @Test
    void theHeaderIsWhereTheProtocolHasIt() throws Exception {
        ByteBuffer bytes = encode(REQUEST);
        assertThat(bytes.getInt(0)).isEqualTo(0x51524d50);
        assertThat(bytes.getInt(4)).isEqualTo(5);
        assertThat(bytes.getInt(8)).isEqualTo(bytes.limit());
        assertThat(bytes.getInt(12)).isEqualTo(2);
        assertThat(bytes.getInt(16)).isEqualTo(1234);
        assertThat(bytes.getInt(20)).isEqualTo(9);
        assertThat(bytes.getInt(24)).isEqualTo(1 | 2 | 4 | 8 | 16);
        assertThat(bytes.getInt(28)).isEqualTo(-5);
        assertThat(bytes.getInt(32)).isEqualTo(321);
        assertThat(bytes.getInt(36)).isEqualTo(2);
        assertThat(bytes.getInt(40)).isEqualTo(7);
        assertThat(bytes.getInt(44)).isEqualTo(8);
        assertThat(bytes.getInt(72)).isEqualTo(2);
        assertThat(bytes.getInt(104)).isEqualTo(20);
        assertThat(bytes.getLong(496)).isEqualTo(1L << 1 | 1L << 40);
        assertThat(List.of(rlimit(bytes, 112), rlimit(bytes, 136)))
                .containsExactlyInAnyOrder("7: 100 100", "1: 1099511627776 1099511627776");
    }

    private static String rlimit(ByteBuffer bytes, int at) {
        return bytes.getInt(at) + ": " + bytes.getLong(at + 8) + " " + bytes.getLong(at + 16);
    }

    @Test
    void stringsAreWhereTheHeaderSays() throws Exception {
        ByteBuffer bytes = encode(REQUEST);
        assertThat(strings(bytes, bytes.getInt(76), bytes.getInt(80))).containsExactly("ls", "-l", "");
        assertThat(strings(bytes, bytes.getInt(84), bytes.getInt(88))).containsExactly("A=1");
        assertThat(strings(bytes, bytes.getInt(92), bytes.getInt(96))).containsExactly("/bin/ls", "/usr/bin/ls");
        assertThat(strings(bytes, bytes.getInt(100), 1)).containsExactly("/tmp");
        assertThat(bytes.getInt(76)).isEqualTo(504);
    }

    @Test
    void withoutADirectoryTheOffsetIsZero() throws Exception {
        LaunchRequest exec = new LaunchRequest(
                Role.EXEC, 1, Terms.PLAIN, List.of(), list("a"), List.of(), list("a"), Optional.empty());
        ByteBuffer bytes = encode(exec);
        assertThat(bytes.getInt(12)).isEqualTo(1);
        assertThat(bytes.getInt(24)).isZero();
        assertThat(bytes.getInt(88)).isZero();
        assertThat(bytes.getInt(100)).isZero();
        assertThat(bytes.getLong(496)).isZero();
        assertThat(bytes.limit()).isEqualTo(504 + 4);
    }

    private static ByteBuffer encode(LaunchRequest request) throws Exception {
        return request.encode(9).order(ByteOrder.nativeOrder());
    }

    private static List<byte[]> list(String... texts) {
        return List.of(texts).stream().map(NativeText::bytes).toList();
    }

    private static List<String> strings(ByteBuffer bytes, int offset, int count) {
        List<String> strings = new ArrayList<>();
        int start = offset;
        for (int index = 0; index < count; index++) {
            int end = start;
            while (bytes.get(end) != 0) {
                end++;
            }
            byte[] string = new byte[end - start];
            bytes.get(start, string);
            strings.add(new String(string, StandardCharsets.UTF_8));
            start = end + 1;
        }
        return strings;
    }
}
