package pm.backend.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.backend.windows.commandline.Vectors;
import pm.backend.windows.kernel.SystemFolders;
import pm.backend.windows.kernel.Wine;
import pm.contract.Request;
import pm.contract.Tree;
import pm.spi.StartException;
import pm.spi.StartRequest.Stream;

/** Commands as real programs read them. */
class CommandsIT extends SessionIT {
    private static final int VECTORS = 600;
    /** Of the 32766 characters of a command line, with room for quotes and backslashes. */
    private static final int CHARACTERS_AT_ONCE = 8000;

    private String textOf(Request request) throws Exception {
        return new String(bench().bytesOf(request), StandardCharsets.UTF_8);
    }

    @Test
    void hundredsOfVectorsAreReadBackUnchanged() throws Exception {
        List<String> words = new ArrayList<>();
        int characters = 0;
        for (List<String> vector : Vectors.generated(VECTORS)) {
            words.add("<");
            words.addAll(vector);
            characters += String.join(" ", vector).length();
            if (characters > CHARACTERS_AT_ONCE) {
                assertReadBack(words);
                words.clear();
                characters = 0;
            }
        }
        assertReadBack(words);
    }

    private void assertReadBack(List<String> words) throws Exception {
        assertThat(textOf(Request.of(JavaChild.main(ArgumentsMain.class, words))))
                .isEqualTo(String.join("\0", words) + "\0");
    }

    @Test
    void aBatchFileGetsItsArgumentsAndRunsNothingElse(@TempDir Path folder) throws Exception {
        Path batch = Files.writeString(folder.resolve("a b.cmd"), "@echo off\r\necho [%1] [%2]\r\n");
        assertThat(textOf(Request.of(List.of(batch.toString(), "x & echo injected", "^!()|>x"))))
                .isEqualTo("[\"x & echo injected\"] [\"^!()|>x\"]\r\n");
        assertThatThrownBy(() -> bench().start(List.of(batch.toString(), "\"&echo injected")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("quotation mark");
    }

    @Test
    void aNameIsLookedUpInPathWithItsEnding() throws Exception {
        assertThat(textOf(Request.of(List.of("cmd", "/d", "/c", "echo", "found"))))
                .isEqualTo("found\r\n");
    }

    /** Wine starts no program with a long path, in whatever form; Windows does. */
    @Test
    void pathsAreUnicodeAndLong(@TempDir Path folder) throws Exception {
        Path deep = folder.resolve("ordner-ü€日本");
        Path program = copyOfCmd(deep);
        while (deep.toString().length() < 300) {
            deep = deep.resolve("x".repeat(40));
        }
        program = Wine.version().isPresent() ? program : copyOfCmd(deep);
        Files.createDirectories(deep);
        Path output = deep.resolve("output-𝄞");
        Request request = Request.of(List.of(program.toString(), "/d", "/c", "echo", "deep"))
                .stdout(new Stream.Written(output, false));
        try (Tree tree = bench().start(request)) {
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
        }
        assertThat(Files.readString(output)).isEqualTo("deep\r\n");
    }

    private static Path copyOfCmd(Path folder) throws Exception {
        Files.createDirectories(folder);
        return Files.copy(Path.of(SystemFolders.program("cmd.exe")), folder.resolve("copy ü.exe"));
    }
}
