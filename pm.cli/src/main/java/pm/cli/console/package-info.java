/** What all subcommands share: where their words go, and the exit statuses that are pm's own. */
package pm.cli.console;
