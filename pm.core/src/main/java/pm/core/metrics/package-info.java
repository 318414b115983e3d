/** Counts what happens, and raises alerts: each once per episode, with an end. */
package pm.core.metrics;
