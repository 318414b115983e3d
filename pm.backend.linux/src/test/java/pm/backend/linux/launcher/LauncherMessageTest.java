package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import pm.backend.linux.launcher.LauncherMessage.Kind;

/** The offsets are those of PROTOCOL.md. */
class LauncherMessageTest {
    @Test
    void fieldsAreReadFromWhereTheProtocolHasThem() {
        ByteBuffer packet = packet(3)
                .putInt(4, 4711)
                .putInt(8, 0x300)
                .putInt(12, 5)
                .putInt(16, 6)
                .putLong(24, 1_500_000)
                .putLong(32, 250)
                .putLong(40, 2048)
                .putLong(48, 3)
                .putLong(56, 4);
        LauncherMessage message = LauncherMessage.decode(packet);
        assertThat(message.kind()).isEqualTo(Kind.EXITED);
        assertThat(message.pid()).isEqualTo(4711);
        assertThat(message.value()).isEqualTo(0x300);
        assertThat(message.error()).isEqualTo(5);
        assertThat(message.sequence()).isEqualTo(6);
        assertThat(message.usage().cpuUser()).isEqualTo(Duration.ofMillis(1500));
        assertThat(message.usage().cpuSystem()).isEqualTo(Duration.ofNanos(250_000));
        assertThat(message.usage().peakMemoryBytes()).hasValue(2048 * 1024);
        assertThat(message.usage().readBytes()).hasValue(3 * 512);
        assertThat(message.usage().writtenBytes()).hasValue(4 * 512);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        assertThatThrownBy(() -> LauncherMessage.decode(packet(10))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LauncherMessage.decode(packet(0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LauncherMessage.decode(packet(1).limit(63)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer packet(int kind) {
        return ByteBuffer.allocate(LauncherMessage.SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(0, kind);
    }
}
