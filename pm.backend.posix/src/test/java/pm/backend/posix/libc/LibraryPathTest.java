package pm.backend.posix.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPathTest {
    @TempDir
    Path folder;

    @Test
    void readsIncludedFilesInOrderAndEndsWhenTheyIncludeEachOther() throws Exception {
        Files.createDirectory(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/b.conf"), "/b # second\n\n# /none\n");
        Files.writeString(folder.resolve("conf.d/a.conf"), "  /a\ninclude ../main\n");
        Path main = Files.writeString(folder.resolve("main"), "/first\ninclude conf.d/*.conf\nhwcap 1 x\n/last\n");

        assertThat(LibraryPath.configured(main, 5)).containsExactly("/first", "/last");
        assertThat(LibraryPath.configured(main, 4)).containsExactly("/first", "/a", "/b", "/last");
        assertThat(LibraryPath.configured(main, 0)).startsWith("/first", "/a").endsWith("/b", "/last");
        assertThat(LibraryPath.configured(folder.resolve("missing"), 0)).isEmpty();
    }
}
