/** JSON of pm's values. */
package pm.cli.json;
