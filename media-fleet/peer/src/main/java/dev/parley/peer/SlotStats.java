package dev.parley.peer;

/**
 * What one receive slot has received.
 *
 * @param index its place among the slots of its kind, from 0
 * @param video whether it carries pictures
 * @param packets packets, retransmitted ones included
 * @param payloadBytes their payloads
 * @param frames whole video frames by their last packet, or audio packets
 * @param keyFrames key frames begun
 * @param lost packets given up
 * @param requested sequence numbers asked for by NACK
 * @param recovered packets that came by retransmission
 * @param csrc the number of the participant it carried last, 0 for none
 * @param longestGapMillis the longest time between two frames
 */
public record SlotStats(
        int index,
        boolean video,
        long packets,
        long payloadBytes,
        long frames,
        long keyFrames,
        long lost,
        long requested,
        long recovered,
        long csrc,
        long longestGapMillis) {}
