/** What needs several bundles at once. */
package pm.tests;
