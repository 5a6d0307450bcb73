/**
 * A headless participant: what the demo, tests and benchmarks put into meetings. {@link dev.parley.peer.Peer} is the way
 * in; {@link dev.parley.peer.DemoMain} is the process that a local installation starts.
 */
package dev.parley.peer;
