package dev.parley.kernel.tokens;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A media token: who may exchange media in one room, for 60 seconds.
 *
 * @param participantId claim {@code sub}
 * @param userId claim {@code usr}
 * @param name claim {@code name}
 * @param role claim {@code role}: what the participant is in the meeting, such as {@code host}
 * @param csrc claim {@code csrc}: the participant's number in the meeting, 1 or more, carried in every packet
 * @param admission claim {@code adm}: fences people; a kick and a change of role raise it
 * @param guestKey claim {@code gk}, guests only
 * @param publish claim {@code pub}: the sources it may send, such as {@code microphone}
 */
public record MediaClaims(
        String participantId,
        String userId,
        String name,
        String role,
        long csrc,
        long admission,
        Optional<String> guestKey,
        List<String> publish) {
    public MediaClaims {
        Objects.requireNonNull(participantId);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        Objects.requireNonNull(guestKey);
        publish = List.copyOf(publish);
        if (csrc < 1 || csrc > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("csrc must fit 32 bits and be at least 1, not " + csrc);
        }
    }
}
