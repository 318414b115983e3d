/**
 * pm on Windows, looked at from Linux: JVMs under Wine are processes of this machine, and /proc tells what is left of them. Runs with {@code
 * -Dpm.wine=HOME}, see {@code pm.tests/wine}.
 */
package pm.tests.wine;
