/**
 * What a caller sees, on real processes and with each kind of containment: output, timeouts, limits, groups, errors, events, health. Whether
 * something lives or not is asked of the operating system.
 */
package pm.tests.behaviour;
