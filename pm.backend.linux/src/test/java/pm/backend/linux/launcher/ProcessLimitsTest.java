package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import pm.api.Limits;

class ProcessLimitsTest {
    @Test
    void theAddressSpaceHasOneLimitTheSmaller() {
        ProcessLimits each = ProcessLimits.of(Limits.none().processMemory(2, Limits.GIB));
        assertThat(each.resources()).hasToString("[process-memory=2147483648]");
        assertThat(each.withAddressSpace(3 * Limits.GIB)).isEqualTo(each);
        assertThat(each.withAddressSpace(Limits.GIB).resources()).hasToString("[address-space=1073741824]");
        assertThat(ProcessLimits.NONE.withAddressSpace(Limits.GIB).resources())
                .hasToString("[address-space=1073741824]");
    }
}
