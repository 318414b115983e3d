/** The guard of a manager's control group: started, watched, started again, sent away. */
package pm.backend.linux.guard;
