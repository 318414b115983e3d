package pm.core.version;

import java.security.CodeSource;

/** Where a class came from, for messages: a person must find the jar to replace. */
public final class CodeOrigin {
    private CodeOrigin() {}

    /** For instance {@code module app@1.2 at file:/opt/app/app.jar}. */
    public static String of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String place = source == null || source.getLocation() == null
                ? "an unknown place"
                : source.getLocation().toString();
        Module module = type.getModule();
        return module.isNamed() ? "module " + module.getDescriptor().toNameAndVersion() + " at " + place : place;
    }
}
