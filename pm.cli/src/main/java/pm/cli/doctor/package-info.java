/** {@code pm doctor}: what this host gives pm to work with. */
package pm.cli.doctor;
