package pm.core.version;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.Optional;
import pm.api.ErrorContext;
import pm.api.IncompatibleApiException;
import pm.api.PmApi;
import pm.spi.ManagerProvider.OpenRequest;

/**
 * Refuses callers that were compiled against a version of the API that the installed one does not serve. Two things tell that version: the
 * constant that the caller passes, which javac copied into it, and for a named module the version that javac recorded in its
 * {@code requires} (Java Virtual Machine Specification, 4.7.25).
 */
public final class CallerCheck {
    private static final String API_MODULE = "pm.api";

    private final VersionPolicy policy;

    /** Against the installed API. */
    public CallerCheck() {
        this(PmApi.installedVersion());
    }

    CallerCheck(String installed) {
        this.policy = new VersionPolicy(installed);
    }

    /**
     * Checks the caller, and this core, which was compiled against some version of the API too.
     *
     * @throws IncompatibleApiException with both versions and where the code came from
     */
    public void check(OpenRequest request) {
        refuse(policy.againstProvider(PmApi.VERSION), "pm.core", CallerCheck.class);
        Class<?> caller = request.caller();
        refuse(policy.againstConsumer(request.apiVersion()), caller.getName(), caller);
        recorded(caller.getModule().getDescriptor())
                .ifPresent(version -> refuse(policy.againstConsumer(version), caller.getName(), caller));
    }

    /** The version in the caller's {@code requires pm.api}; a descriptor is null for an unnamed module. */
    static Optional<String> recorded(ModuleDescriptor descriptor) {
        return Optional.ofNullable(descriptor).stream()
                .flatMap(module -> module.requires().stream())
                .filter(requires -> requires.name().equals(API_MODULE))
                .findFirst()
                .flatMap(Requires::rawCompiledVersion);
    }

    private static void refuse(Optional<String> reason, String who, Class<?> origin) {
        reason.ifPresent(text -> {
            throw new IncompatibleApiException(
                    "Could not open a process manager for " + who + ", from " + CodeOrigin.of(origin) + ": it was "
                            + text
                            + "; pass PmApi.VERSION, and put fitting versions of the two together",
                    ErrorContext.NONE);
        });
    }
}
