/** A backend that records what another one does. */
package sample.recording;
