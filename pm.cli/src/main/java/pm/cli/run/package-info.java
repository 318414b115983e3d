/** {@code pm run}: options, the course of one run, its exit status and its report. */
package pm.cli.run;
