/**
 * Benchmarks of every stage that a packet passes on its way through a media node, each alone: {@code local/bench stages}. The sum of the stages is less
 * than what a packet costs a node, because here every stage finds its data in the cache and its code compiled for itself; the profile of a node under
 * load ({@code local/profile}) tells the rest.
 */
package dev.parley.bench.stages;
