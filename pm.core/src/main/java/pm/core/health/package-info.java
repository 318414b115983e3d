/** Looks whether the guarantees hold, every so often and when asked. */
package pm.core.health;
