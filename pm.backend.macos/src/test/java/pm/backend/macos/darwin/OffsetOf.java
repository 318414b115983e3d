package pm.backend.macos.darwin;

import com.sun.jna.Structure;

/** Where a field begins, as JNA itself says it in the description of a structure. */
final class OffsetOf {
    private OffsetOf() {}

    static int field(Structure structure, String name) {
        // Lines read "  int pbsi_ppid@0x4=0x0".
        return structure
                .toString(false)
                .lines()
                .filter(line -> line.matches(".*[ \\]]" + name + "(\\[\\d+])?@0x.*"))
                .map(line -> line.replaceAll(".*@0x([0-9A-Fa-f]+).*", "$1"))
                .mapToInt(hex -> Integer.parseInt(hex, 16))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + structure.toString(false)));
    }
}
