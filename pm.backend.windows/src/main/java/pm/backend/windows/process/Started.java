package pm.backend.windows.process;

import pm.backend.windows.kernel.HeldProcess;

/**
 * A process that runs.
 *
 * @param process its handle, now the caller's
 * @param pipelines our ends of its streams
 * @param sharesConsole whether it is on our own console
 */
public record Started(HeldProcess process, Pipelines pipelines, boolean sharesConsole) {}
