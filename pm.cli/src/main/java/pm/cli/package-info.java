/** The {@code pm} command: options, exit statuses and reports. */
package pm.cli;
