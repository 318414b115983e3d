/**
 * Programs that misbehave and ways in which they end, each combination in a JVM of its own, with control groups as root and with supervision
 * as an unprivileged user. {@link pm.tests.hostile.ScenarioMain} is the program under test, {@link pm.tests.hostile.HostileMatrixIT} looks at
 * it from outside: it asks {@code /proc} for processes that carry the scenario's mark, never pm.
 */
package pm.tests.hostile;
