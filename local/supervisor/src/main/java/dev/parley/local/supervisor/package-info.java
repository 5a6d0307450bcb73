/**
 * The processes of a local installation. {@link dev.parley.local.supervisor.Control} is the control plane in one JVM: stores, gateway and
 * functions. {@link dev.parley.local.supervisor.Up} starts it with the media nodes and the demo participants, watches them, and stops
 * them together. {@link dev.parley.local.supervisor.Status} tells what runs.
 */
package dev.parley.local.supervisor;
