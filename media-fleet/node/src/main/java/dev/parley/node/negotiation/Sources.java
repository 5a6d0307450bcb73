package dev.parley.node.negotiation;

import dev.parley.contracts.media.Source;

/** The wire's word for a source and the SFU's. */
public final class Sources {
    private Sources() {}

    /** The SFU's word. */
    public static dev.parley.sfu.Source toSfu(Source source) {
        return switch (source) {
            case MICROPHONE -> dev.parley.sfu.Source.MICROPHONE;
            case CAMERA -> dev.parley.sfu.Source.CAMERA;
            case SCREEN -> dev.parley.sfu.Source.SCREEN;
            case SCREEN_AUDIO -> dev.parley.sfu.Source.SCREEN_AUDIO;
        };
    }

    /** The wire's word. */
    public static Source toWire(dev.parley.sfu.Source source) {
        return switch (source) {
            case MICROPHONE -> Source.MICROPHONE;
            case CAMERA -> Source.CAMERA;
            case SCREEN -> Source.SCREEN;
            case SCREEN_AUDIO -> Source.SCREEN_AUDIO;
        };
    }
}
