package pm.core.backend;

import pm.api.BackendReport;
import pm.spi.BackendSession;

/**
 * The backend that serves a manager.
 *
 * @param session open; the receiver closes it
 * @param report which one, and why
 */
public record OpenedBackend(BackendSession session, BackendReport report) {}
