package pm.backend.posix.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchPathTest {
    @Test
    void aBareNameIsLookedForInEachDirectory() {
        assertThat(candidates("/a:/b/c", "ls")).containsExactly("/a/ls", "/b/c/ls");
    }

    @Test
    void anEmptyDirectoryIsTheCurrentOne() {
        assertThat(candidates(":/a::b:", "x")).containsExactly("./x", "/a/x", "./x", "b/x", "./x");
    }

    @Test
    void aProgramWithASlashIsNotLookedFor() {
        assertThat(candidates("/a", "./x")).containsExactly("./x");
        assertThat(candidates("/a", "d/x")).containsExactly("d/x");
        assertThat(candidates("/a", "")).containsExactly("");
    }

    @Test
    void withoutAPathTheDefaultIsUsed() {
        assertThat(candidates("", "ls")).containsExactly("/bin/ls", "/usr/bin/ls");
        assertThat(new SearchPath(new byte[0])).hasToString("/bin:/usr/bin");
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        byte[] path = {'/', (byte) 0xff, (byte) 0xfe};
        assertThat(new SearchPath(path).candidates("x"))
                .containsExactly(new byte[] {'/', (byte) 0xff, (byte) 0xfe, '/', 'x'});
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> candidates("/a", "x\0y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    private static List<String> candidates(String path, String program) {
        return new SearchPath(path.getBytes(StandardCharsets.UTF_8))
                .candidates(program).stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toList();
    }
}
