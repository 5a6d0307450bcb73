package dev.parley.local.gateway.letter;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The dead letters of one kind of event source. An id is one of its letters alone, and is made of letters, digits and hyphens. */
public interface Letters {
    /**
     * What became of a letter that was handed over again.
     *
     * @param failed how many of its records were not taken
     * @param why of a failure, for people
     */
    record Replay(int failed, String why) {}

    /** A line for each, oldest first: {@code id, function, at, condition, tries, why, records} with keys, not with what they hold. */
    List<ObjectNode> list();

    /** One letter with all it holds. */
    Optional<JsonNode> find(String id);

    /** Hands a letter over again; what is taken is gone from here. Absent when there is no such letter. */
    Optional<Replay> replay(String id);

    /** Deletes a letter. @return whether it was there */
    boolean drop(String id);
}
