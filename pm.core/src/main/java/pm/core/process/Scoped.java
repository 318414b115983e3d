package pm.core.process;

import pm.core.backend.OpenedBackend;

/** What ends with its owner or its backend: a tree, or the start of one. */
interface Scoped {
    /** On whose behalf it is. */
    Owner owner();

    /** Whether this backend serves it. */
    boolean isOn(OpenedBackend backend);
}
