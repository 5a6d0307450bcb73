/**
 * Who gets what of a receiver's path.
 *
 * <p>{@link dev.parley.sfu.allocation.VideoAllocation} chooses a layer for each video slot: the smallest that fills the tile, as far as the bandwidth
 * goes, stage first. {@link dev.parley.sfu.allocation.VoiceSelection} gives the audio slots to the loudest voices.
 * {@link dev.parley.sfu.allocation.LayerDemand} adds up what all receivers of a track chose, so that a publisher need not send what nobody watches.
 */
package dev.parley.sfu.allocation;
