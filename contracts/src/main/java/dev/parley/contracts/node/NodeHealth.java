package dev.parley.contracts.node;

/**
 * {@code GET /v1/health} of a media node.
 *
 * @param state {@code serving} or {@code draining}
 * @param stress 0 idle, 1 full
 */
public record NodeHealth(
        String nodeId, String incarnation, String state, int rooms, int participants, double stress, String version) {}
