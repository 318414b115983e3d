package pm.core.osgi;

import java.util.Optional;

/** What a manager's component knows when there is no manager. Safe for use by any thread. */
interface ServiceStatus {
    /** Why there is none; empty when there is one. */
    Optional<String> reason();
}
