/** The way of an event from the place where it happened to metrics, alerts, listeners and the log. */
package pm.core.events;
