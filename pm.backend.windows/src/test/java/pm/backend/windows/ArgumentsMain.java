package pm.backend.windows;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Prints its arguments, each with a NUL behind it, as Windows itself takes the command line apart: java.exe knows only the letters of the
 * system's code page.
 */
final class ArgumentsMain {
    private ArgumentsMain() {}

    /** Prints them to standard output, in UTF-8. */
    public static void main(String[] decoded) throws IOException {
        Pointer line = NativeLibrary.getInstance("kernel32")
                .getFunction("GetCommandLineW")
                .invokePointer(new Object[0]);
        IntByReference count = new IntByReference();
        Pointer words = NativeLibrary.getInstance("shell32")
                .getFunction("CommandLineToArgvW")
                .invokePointer(new Object[] {line, count});
        List<String> all = Arrays.asList(words.getWideStringArray(0, count.getValue()));
        StringBuilder text = new StringBuilder();
        for (String word : all.subList(all.indexOf(ArgumentsMain.class.getName()) + 1, all.size())) {
            text.append(word).append('\0');
        }
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
