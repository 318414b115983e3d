/**
 * Benchmarks, run by hand: {@code SpawnBenchmark} prints times for pm and its peers in one run, since only their ratios mean something on
 * another machine. CONTRIBUTING.md says how.
 */
package pm.tests.benchmark;
