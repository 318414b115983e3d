/** The {@code pm} command: where it starts, and which subcommand a command line means. */
package pm.cli;
