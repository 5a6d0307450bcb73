package dev.parley.messaging;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides who comes to which conversation. A direct one and a group are for those who are in them. A meeting's is for those who are in the
 * meeting now, who may also write; and to read, for those with an account who took part, unless they were removed. To anybody else there is
 * no such conversation.
 */
final class Entrance {
    private final Conversations conversations;
    private final Meetings meetings;
    private final InstantSource clock;

    Entrance(Conversations conversations, Meetings meetings, InstantSource clock) {
        this.conversations = Objects.requireNonNull(conversations);
        this.meetings = Objects.requireNonNull(meetings);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * What somebody came to.
     *
     * @param conversation as it was read: a change is made on the condition that it is so still
     * @param members of a direct conversation or a group, by user id
     * @param member the caller in it; absent for guests, and for who has just come into a meeting
     * @param title to show
     * @param live the meeting, when it is a meeting's conversation and the meeting is known
     * @param seat the caller's in it
     */
    record Entry(
            Conversation conversation,
            Map<String, Member> members,
            Optional<Member> member,
            String title,
            Optional<Meetings.Meeting> live,
            Optional<Meetings.Seat> seat) {
        boolean isMeeting() {
            return conversation.kind() == ConversationKind.MEETING;
        }

        /** Whether the caller may take back what others wrote. */
        boolean moderates() {
            return isInside() && may(Capability.MODERATE);
        }

        boolean isInside() {
            return live.filter(Meetings.Meeting::active).isPresent()
                    && seat.filter(Meetings.Seat::inside).isPresent();
        }

        private boolean may(Capability capability) {
            return seat.flatMap(one -> MeetingRole.find(one.role()))
                    .filter(role -> role.may(capability))
                    .isPresent();
        }

        /** Refuses who may not write here now. */
        void requireWriting() {
            if (!isMeeting()) {
                return;
            }
            if (live.filter(Meetings.Meeting::active).isEmpty()) {
                throw MessagingErrors.NOT_ACTIVE.exception();
            }
            if (seat.filter(Meetings.Seat::inside).isEmpty()) {
                throw MessagingErrors.NOT_PARTICIPANT.exception();
            }
            if (!live.get().chat() && !may(Capability.OVERRIDE_SETTINGS)) {
                throw MessagingErrors.CHAT_OFF.exception();
            }
            if (!may(Capability.CHAT)) {
                throw MessagingErrors.ROLE.exception();
            }
        }

        /** What the caller is called here. */
        String name(Caller caller) {
            return seat.map(Meetings.Seat::displayName)
                    .filter(name -> !name.isEmpty())
                    .orElse(caller.name());
        }
    }

    /** @throws dev.parley.kernel.ApiException 404 {@code conversation.not_found}, 403 {@code meeting.banned} */
    Entry enter(Caller caller, String id) {
        if (!ConversationIds.isId(id)) {
            throw MessagingErrors.NO_CONVERSATION.exception();
        }
        Optional<String> meetingId = ConversationIds.meetingOf(id);
        if (meetingId.isPresent()) {
            return enterMeeting(caller, id, meetingId.get());
        }
        if (caller.guest()) {
            throw MessagingErrors.NO_CONVERSATION.exception();
        }
        Conversations.Roster roster = conversations.roster(id).orElseThrow(MessagingErrors.NO_CONVERSATION::exception);
        Member member = Optional.ofNullable(roster.members().get(caller.userId()))
                .orElseThrow(MessagingErrors.NO_CONVERSATION::exception);
        return new Entry(
                roster.conversation(),
                roster.members(),
                Optional.of(member),
                roster.conversation().title(),
                Optional.empty(),
                Optional.empty());
    }

    private Entry enterMeeting(Caller caller, String id, String meetingId) {
        if (caller.guest() && caller.meetingId().filter(meetingId::equals).isEmpty()) {
            throw MessagingErrors.NO_CONVERSATION.exception();
        }
        Optional<Meetings.Meeting> live = meetings.find(meetingId);
        if (live.filter(meeting -> meeting.denies(caller.userId(), caller.guestKey()))
                .isPresent()) {
            throw MessagingErrors.BANNED.exception();
        }
        Optional<Meetings.Seat> seat = meetings.seat(meetingId, caller.userId());
        Optional<Conversation> found = conversations.find(id);
        Optional<Member> member =
                caller.guest() || found.isEmpty() ? Optional.empty() : conversations.member(id, caller.userId());
        if (member.filter(Member::barred).isPresent()) {
            throw MessagingErrors.BANNED.exception();
        }
        boolean inside = live.filter(Meetings.Meeting::active).isPresent()
                && seat.filter(Meetings.Seat::inside).isPresent();
        boolean tookPart =
                member.isPresent() || seat.filter(Meetings.Seat::tookPart).isPresent();
        if (!inside && (caller.guest() || !tookPart)) {
            throw MessagingErrors.NO_CONVERSATION.exception();
        }
        Conversation conversation =
                found.orElseGet(() -> Conversation.empty(id, ConversationKind.MEETING, clock.instant()));
        return new Entry(
                conversation,
                Map.of(),
                member,
                live.map(Meetings.Meeting::title).orElse(conversation.title()),
                live,
                seat);
    }
}
