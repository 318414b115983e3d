/** Reads the settings in force from every origin and tells all faults at once. */
package pm.core.settings;
