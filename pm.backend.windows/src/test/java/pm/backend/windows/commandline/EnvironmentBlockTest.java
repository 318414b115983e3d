package pm.backend.windows.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentBlockTest {
    private static final Map<String, String> OWN =
            Map.of("Path", "C:\\x", "SystemRoot", "C:\\Windows", "=C:", "C:\\here", "zeta", "1");

    @Test
    void itIsSortedWhateverTheCaseAndEndsTwice() throws Exception {
        assertThat(EnvironmentBlock.of(OWN, true, Set.of(), Map.of("B", "ü€𝄞", "a", "x=y"))
                        .text())
                .isEqualTo("=C:=C:\\here\0a=x=y\0B=ü€𝄞\0Path=C:\\x\0SystemRoot=C:\\Windows\0zeta=1\0\0");
    }

    @Test
    void namesAreTheSameWhateverTheirCase() throws Exception {
        EnvironmentBlock block = EnvironmentBlock.of(OWN, true, Set.of("ZETA"), Map.of("PATH", "D:\\y"));
        assertThat(block.get("path")).contains("D:\\y");
        assertThat(block.get("zeta")).isEmpty();
        assertThat(block.text()).contains("Path=D:\\y\0").doesNotContain("C:\\x");
    }

    @Test
    void aClearedOneKeepsWhatWindowsNeeds() throws Exception {
        assertThat(EnvironmentBlock.of(OWN, false, Set.of(), Map.of("A", "1")).text())
                .isEqualTo("A=1\0SystemRoot=C:\\Windows\0\0");
        assertThat(EnvironmentBlock.of(OWN, false, Set.of("systemroot"), Map.of())
                        .text())
                .isEqualTo("\0\0");
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        for (Map<String, String> set :
                Set.of(Map.of("", "x"), Map.of("a=b", "x"), Map.of("a\0", "x"), Map.of("a", "x\0y"))) {
            assertThatThrownBy(() -> EnvironmentBlock.of(OWN, true, Set.of(), set))
                    .isInstanceOf(RefusedCommandException.class);
        }
    }
}
