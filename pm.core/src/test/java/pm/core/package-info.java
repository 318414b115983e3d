/** Managers with real processes, on the backend of the host. Every test asks the operating system. */
package pm.core;
