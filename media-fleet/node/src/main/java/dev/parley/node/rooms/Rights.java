package dev.parley.node.rooms;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.kernel.tokens.MediaClaims;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a participant is in the room and may send: the media token's word, until a host's act says otherwise. Every source is negotiated
 * in the one exchange; what a participant may not send is not passed on.
 */
record Rights(String role, Set<Source> publish) {
    Rights {
        publish = Set.copyOf(publish);
    }

    static Rights of(MediaClaims claims) {
        Set<Source> sources = EnumSet.noneOf(Source.class);
        for (Source source : Source.values()) {
            if (claims.publish().contains(source.wire())) {
                sources.add(source);
            }
        }
        return new Rights(claims.role(), sources);
    }

    static Rights of(String role, Collection<Source> publish) {
        return new Rights(role, publish == null ? Set.of() : Set.copyOf(publish));
    }

    boolean publishes(Source source) {
        return publish.contains(source);
    }

    /** Whether this one may mute others and lower their hands. */
    boolean moderates() {
        return MeetingRole.find(role)
                .filter(known -> known.may(Capability.MODERATE))
                .isPresent();
    }
}
