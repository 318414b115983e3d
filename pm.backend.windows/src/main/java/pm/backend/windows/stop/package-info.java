/** How programs are asked to stop, and the last resort: our helper for consoles, windows, {@code taskkill}. */
package pm.backend.windows.stop;
