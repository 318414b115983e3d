/** The {@code pm} command as a real process, on its module path; what became of its trees is asked of {@code /proc}. */
package pm.tests.cli;
