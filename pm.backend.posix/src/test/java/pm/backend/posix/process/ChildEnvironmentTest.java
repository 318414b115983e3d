package pm.backend.posix.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
    private static final ChildEnvironment BASE = of("A=1", "B=2=3", "C=");

    @Test
    void entriesStayAsTheyAre() {
        assertThat(texts(BASE)).containsExactly("A=1", "B=2=3", "C=");
        assertThat(texts(ChildEnvironment.empty())).isEmpty();
    }

    @Test
    void variablesAreReplacedAddedAndRemoved() {
        assertThat(texts(BASE.without(Set.of("A", "none")).with(Map.of("B", "x"))))
                .containsExactly("B=x", "C=");
        assertThat(texts(BASE.with(Map.of("D", "ü")))).containsExactly("A=1", "B=2=3", "C=", "D=ü");
    }

    @Test
    void ofTwoEntriesWithOneNameTheFirstCounts() {
        assertThat(texts(of("A=1", "A=2"))).containsExactly("A=1");
    }

    @Test
    void valuesAreFound() {
        assertThat(BASE.get("B").map(ChildEnvironmentTest::text)).contains("2=3");
        assertThat(BASE.get("C").map(ChildEnvironmentTest::text)).contains("");
        assertThat(BASE.get("none")).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        byte[] entry = {'X', '=', (byte) 0xff, (byte) 0xc3};
        ChildEnvironment environment = ChildEnvironment.of(List.of(entry)).with(Map.of("Y", "1"));
        assertThat(environment.entries().get(0)).containsExactly(entry);
        assertThat(environment.get("X"))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(0xff, 0xc3));
    }

    @Test
    void entriesWithoutAnEqualsSignAreKeptButHaveNoValue() {
        ChildEnvironment odd = of("odd");
        assertThat(texts(odd)).containsExactly("odd");
        assertThat(odd.get("odd")).isEmpty();
    }

    @Test
    void namesThatTheSystemCannotHoldAreRefused() {
        assertThatThrownBy(() -> BASE.with(Map.of("A=B", "1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BASE.with(Map.of("", "1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BASE.with(Map.of("A", "1\0"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static ChildEnvironment of(String... entries) {
        return ChildEnvironment.of(
                List.of(entries).stream().map(NativeText::bytes).toList());
    }

    private static List<String> texts(ChildEnvironment environment) {
        return environment.entries().stream().map(ChildEnvironmentTest::text).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
