/** What becomes of a manager whose JVM ends while it is being opened. */
package pm.core.opening;
