/**
 * The load generator: starts a media node as a process of its own, joins it with many light participants that shake hands as browsers do, sends
 * them packets, and counts what comes out and what it costs.
 */
package dev.parley.bench;
