package dev.parley.local.queues;

import tools.jackson.databind.json.JsonMapper;

/** The one JSON mapper of this module. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
}
