/** Chooses the backend of a manager, and says why each other candidate was refused. */
package pm.core.backend;
