/** The house rules that a machine can check. */
package pm.tests.architecture;
