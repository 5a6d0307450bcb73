package dev.parley.node.rooms;

import dev.parley.contracts.media.ChannelMessage;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who needs at this node what everybody in a room sends, so that two people do not send it to each other alone: a recording, a live analysis.
 * Belongs to the room's conductor.
 */
final class Needs {
    private final Set<String> reasons = new LinkedHashSet<>();

    /** Somebody needs it. @return what everybody is to be told, empty when they know */
    Optional<String> begin(String why) {
        boolean first = reasons.isEmpty();
        reasons.add(why);
        return first ? text() : Optional.empty();
    }

    /** Somebody needs it no more. @return what everybody is to be told, empty when they know */
    Optional<String> end(String why) {
        return reasons.remove(why) && reasons.isEmpty()
                ? Optional.of(ChannelText.of(new ChannelMessage.Gather(false, null)))
                : Optional.empty();
    }

    /** What somebody who comes is to be told, empty when there is nothing to tell. */
    Optional<String> text() {
        return reasons.stream().findFirst().map(why -> ChannelText.of(new ChannelMessage.Gather(true, why)));
    }
}
