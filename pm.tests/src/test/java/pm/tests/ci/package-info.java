/** Tests of the programs that run and count the tests: {@code pm.tests/ci}. */
package pm.tests.ci;
