/** A bundle that uses pm through its service. */
package sample.consumer;
