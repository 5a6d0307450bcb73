package dev.parley.sfu;

import java.util.Objects;

/**
 * What a receiver would like to see in one of its video slots.
 *
 * @param slot index among its video slots, from 0
 * @param participant number of the publisher, 0 for nobody
 * @param source which of the publisher's pictures
 * @param width device pixels on screen
 * @param height device pixels on screen; a hidden tile says 0 and costs nothing
 * @param fps wanted frames a second, 0 = any
 * @param stage shown large: served first when bandwidth is short
 */
public record WantedSlot(int slot, long participant, Source source, int width, int height, int fps, boolean stage) {
    public WantedSlot {
        Objects.requireNonNull(source, "source");
        if (slot < 0 || participant < 0 || width < 0 || height < 0 || fps < 0) {
            throw new IllegalArgumentException("negative value in a wanted slot");
        }
    }
}
