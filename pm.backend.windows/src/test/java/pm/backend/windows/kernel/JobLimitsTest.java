package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that are sent. Offsets in numbers here: they are tested against a compiler's in LayoutTest. */
class JobLimitsTest {
    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aJobOfOursEndsWithItsLastHandleAndNothingBreaksAway() {
        byte[] bytes = JobLimits.NONE.bytes();
        assertThat(bytes).hasSize(144);
        assertThat(view(bytes).getInt(16)).isEqualTo(0x2000);
        view(bytes).putInt(16, 0);
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void eachLimitHasItsFlagAndItsAmount() {
        ByteBuffer bytes = view(new JobLimits(
                        OptionalLong.of(1L << 33),
                        OptionalLong.of(1L << 34),
                        OptionalInt.of(7),
                        OptionalLong.of(1L << 62 | 1),
                        OptionalInt.of(0x40),
                        false)
                .bytes());
        assertThat(bytes.getInt(16)).isEqualTo(0x2000 | 0x200 | 0x100 | 0x8 | 0x10 | 0x20);
        assertThat(bytes.getLong(48)).isEqualTo(1L << 62 | 1);
        assertThat(bytes.getLong(112)).isEqualTo(1L << 34);
        assertThat(bytes.getInt(40)).isEqualTo(7);
        assertThat(bytes.getInt(56)).isEqualTo(0x40);
        assertThat(bytes.getLong(120)).isEqualTo(1L << 33);
    }

    @Test
    void processesMayLeaveWithAndWithoutLimits() {
        assertThat(view(JobLimits.BREAKAWAY.bytes()).getInt(16)).isEqualTo(0x2000 | 0x800);
        JobLimits limited = new JobLimits(
                OptionalLong.of(1),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                true);
        assertThat(view(limited.bytes()).getInt(16)).isEqualTo(0x2000 | 0x800 | 0x200);
    }

    @ParameterizedTest
    @CsvSource({"500,4,1250", "1500,2,7500", "1,64,1", "2000,2,0", "9000,2,0", "1000000000,1,0"})
    void aRateIsOfAllProcessorsTogether(long thousandths, int processors, int rate) {
        assertThat(CpuRate.of(thousandths, processors)).isEqualTo(new CpuRate(rate));
    }

    @Test
    void aRateIsAHardCapAndNoRateLiftsIt() {
        ByteBuffer capped = view(new CpuRate(1250).bytes());
        assertThat(capped.getInt(0)).as("enabled, hard cap").isEqualTo(0x5);
        assertThat(capped.getInt(4)).isEqualTo(1250);
        assertThat(new CpuRate(0).bytes()).containsOnly(0);
    }
}
