package pm.backend.linux.launcher;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import pm.api.Setting;
import pm.backend.linux.launcher.LaunchRequest.Role;
import pm.backend.posix.process.ChildEnvironment;
import pm.backend.posix.process.NativeText;
import pm.backend.posix.process.SearchPath;
import pm.spi.StartRequest;

/** Makes requests to the launcher out of this JVM's environment and what is wanted. Immutable. */
final class RequestTemplate {
    /** Of pm itself, and none of a child's business. */
    private static final Set<String> STRIPPED = Set.of(Setting.CGROUP_ROOT.variable(), Setting.LAUNCHER.variable());

    private final int jvm;
    private final ChildEnvironment inherited;
    private final SearchPath searchPath;

    RequestTemplate(int jvm, ChildEnvironment own) {
        this.jvm = jvm;
        this.inherited = own.without(STRIPPED);
        this.searchPath = new SearchPath(own.get("PATH").orElse(new byte[0]));
    }

    /** Where programs are looked for: in this JVM's PATH, whatever the child's will be. */
    SearchPath searchPath() {
        return searchPath;
    }

    /**
     * For a command.
     *
     * @param terms how it is started
     * @throws IllegalArgumentException when a text cannot be handed to the system
     */
    LaunchRequest command(Role role, StartRequest wanted, Terms terms, List<Integer> cgroups) {
        ChildEnvironment base = wanted.inheritEnvironment() ? inherited : ChildEnvironment.empty();
        return new LaunchRequest(
                role,
                jvm,
                terms,
                cgroups,
                wanted.command().stream().map(NativeText::bytes).toList(),
                base.without(wanted.removed()).with(wanted.environment()).entries(),
                searchPath.candidates(wanted.command().get(0)),
                wanted.directory().map(path -> NativeText.bytes(path.toString())));
    }

    /** For a guard. */
    LaunchRequest guard(String name, List<Integer> cgroups) {
        return new LaunchRequest(
                Role.GUARD,
                jvm,
                Terms.PLAIN,
                cgroups,
                List.of(),
                List.of(),
                List.of(NativeText.bytes(name)),
                Optional.empty());
    }
}
