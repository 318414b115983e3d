package pm.backend.linux.cgroup;

import java.io.IOException;
import java.util.Set;

/**
 * The controllers at work in the groups of trees.
 *
 * @param names for instance {@code memory}
 */
record Controllers(Set<String> names) {
    /** Those that a group hands on to the groups below it. */
    static Controllers below(CgroupFolder folder) throws IOException {
        return parse(folder.read("cgroup.subtree_control"));
    }

    static Controllers parse(String text) {
        return new Controllers(text.isBlank() ? Set.of() : Set.of(text.strip().split(" ")));
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
