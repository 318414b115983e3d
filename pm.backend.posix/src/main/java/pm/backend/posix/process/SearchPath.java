package pm.backend.posix.process;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Where a program is looked for: the directories of PATH, as raw bytes. */
public final class SearchPath {
    /** Without a PATH; as the JDK and glibc have it. */
    private static final byte[] DEFAULT = {'/', 'b', 'i', 'n', ':', '/', 'u', 's', 'r', '/', 'b', 'i', 'n'};

    private final byte[] path;

    /** Of a PATH; empty for the default. */
    public SearchPath(byte[] path) {
        this.path = path.length == 0 ? DEFAULT : path.clone();
    }

    /**
     * The files that may be meant, in order, without NUL: the program itself when a slash is in it, else one in each directory. An
     * empty directory means the current one; relative ones are for whoever executes to resolve.
     */
    public List<byte[]> candidates(String program) {
        byte[] name = NativeText.bytes(program);
        if (program.isEmpty() || program.indexOf('/') >= 0) {
            return List.of(name);
        }
        List<byte[]> candidates = new ArrayList<>();
        int start = 0;
        for (int end = 0; end <= path.length; end++) {
            if (end == path.length || path[end] == ':') {
                candidates.add(join(start, end, name));
                start = end + 1;
            }
        }
        return candidates;
    }

    private byte[] join(int start, int end, byte[] name) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(path, start, end - start);
        if (start == end) {
            file.write('.');
        }
        file.write('/');
        file.writeBytes(name);
        return file.toByteArray();
    }

    /** For a person. */
    @Override
    public String toString() {
        return new String(path, NativeText.CHARSET);
    }
}
