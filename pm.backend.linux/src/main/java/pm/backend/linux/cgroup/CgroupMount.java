package pm.backend.linux.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A mount of a hierarchy.
 *
 * @param root the group that it shows, as a path in our cgroup namespace
 * @param point where it shows it
 */
record CgroupMount(String root, Path point) {
    // proc_pid_mountinfo(5): space, tab, newline and backslash are written as three octal digits.
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    /** Those in lines of mountinfo, cgroup v1 left out; also a v2 hierarchy without controllers beside v1 (hybrid). */
    static List<CgroupMount> parse(List<String> lines) {
        return mounts(lines, type -> type.startsWith("cgroup2 "));
    }

    /** Those of the v1 hierarchy of a controller. */
    static List<CgroupMount> parse(List<String> lines, String controller) {
        return mounts(lines, type -> {
            // cgroup, source, and the options of the file system, among them the controllers
            String[] fields = type.split(" ", -1);
            return fields[0].equals("cgroup")
                    && fields.length == 3
                    && List.of(fields[2].split(",", -1)).contains(controller);
        });
    }

    /** By what comes after the lone hyphen: type, source, options. */
    private static List<CgroupMount> mounts(List<String> lines, Predicate<String> wanted) {
        return lines.stream()
                .map(line -> parse(line, wanted))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Fields 4 and 5 are root and mount point. */
    private static Optional<CgroupMount> parse(String line, Predicate<String> wanted) {
        int separator = line.indexOf(" - ");
        if (separator < 0 || !wanted.test(line.substring(separator + 3))) {
            return Optional.empty();
        }
        String[] fields = line.substring(0, separator).split(" ", -1);
        return Optional.of(new CgroupMount(unescape(fields[3]), Path.of(unescape(fields[4]))));
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> {
            char character = (char) Integer.parseInt(match.group(1), 8);
            return character == '\\' ? "\\\\" : String.valueOf(character);
        });
    }

    /** The folder of a group, empty when this mount does not show it. */
    Optional<Path> folder(String group) {
        if (group.startsWith("/..") || root.startsWith("/..")) {
            return Optional.empty();
        }
        if (root.equals("/")) {
            return Optional.of(point.resolve(group.substring(1)));
        }
        if (group.equals(root)) {
            return Optional.of(point);
        }
        return group.startsWith(root + "/")
                ? Optional.of(point.resolve(group.substring(root.length() + 1)))
                : Optional.empty();
    }
}
