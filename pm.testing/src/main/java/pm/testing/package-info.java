/** Test support of this build: fails a suite that leaks. Not a product. */
package pm.testing;
