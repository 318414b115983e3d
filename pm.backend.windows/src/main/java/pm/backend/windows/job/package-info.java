/** Trees in Job Objects: limits, members, usage, and how they end. */
package pm.backend.windows.job;
