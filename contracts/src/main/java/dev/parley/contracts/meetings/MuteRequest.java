package dev.parley.contracts.meetings;

import dev.parley.contracts.media.Source;

/** {@code POST .../mute} and {@code .../unmute-request}; {@code microphone} when absent. */
public record MuteRequest(Source source) {}
