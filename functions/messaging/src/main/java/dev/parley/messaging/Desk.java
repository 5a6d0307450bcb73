package dev.parley.messaging;

import dev.parley.contracts.messaging.ConversationDraft;
import dev.parley.contracts.messaging.ConversationPage;
import dev.parley.contracts.messaging.ConversationView;
import dev.parley.contracts.messaging.MemberPage;
import dev.parley.contracts.messaging.MembersRequest;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Beginning conversations, naming them, and saying who is in them. */
public final class Desk {
    private static final Rate BEGINNINGS = Rate.of(30, Duration.ofMinutes(10));
    private static final Rate PEOPLE = Rate.of(60, Duration.ofMinutes(10));

    private final Conversations conversations;
    private final Entrance entrance;
    private final Audience audience;
    private final Shelf shelf;
    private final Names names;
    private final Views views;
    private final Turns turns;
    private final RateLimiter limiter;
    private final Ids ids;
    private final InstantSource clock;

    Desk(
            Conversations conversations,
            Entrance entrance,
            Audience audience,
            Shelf shelf,
            Names names,
            Views views,
            Turns turns,
            RateLimiter limiter,
            Ids ids,
            InstantSource clock) {
        this.conversations = Objects.requireNonNull(conversations);
        this.entrance = Objects.requireNonNull(entrance);
        this.audience = Objects.requireNonNull(audience);
        this.shelf = Objects.requireNonNull(shelf);
        this.names = Objects.requireNonNull(names);
        this.views = Objects.requireNonNull(views);
        this.turns = Objects.requireNonNull(turns);
        this.limiter = Objects.requireNonNull(limiter);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Begins a conversation. The one of two people, or of a meeting, is the one that is there.
     *
     * @throws ApiException 400 by field, 404 {@code conversation.person} or {@code conversation.not_found}, 429, 503
     */
    public ConversationView begin(Caller caller, ConversationDraft draft) {
        return switch (draft.kind() == null ? "" : draft.kind()) {
            case "direct" -> direct(caller, draft.userId());
            case "group" -> group(caller, draft);
            case "meeting" -> meeting(caller, draft.meetingId());
            default -> throw Errors.invalid("kind", "kind must be direct, group or meeting");
        };
    }

    private ConversationView direct(Caller caller, String other) {
        if (!MessageRules.isUser(other) || other.equals(caller.userId())) {
            throw Errors.invalid("user_id", "user_id must be the id of somebody else");
        }
        String id = ConversationIds.direct(caller.userId(), other);
        turns.take(() -> {
            if (conversations.member(id, caller.userId()).isPresent()) {
                return Optional.of(id);
            }
            limiter.check("conversations#" + caller.userId(), BEGINNINGS);
            requirePeople(List.of(other));
            Conversation empty = Conversation.empty(id, ConversationKind.DIRECT, now());
            Conversation after = empty.changed(now()).with(2);
            Commit commit = Commit.ofPeople(
                    empty,
                    after,
                    Change.of(after, ChangeKind.CREATED, caller.userId(), List.of(caller.userId(), other)),
                    List.of(
                            Member.joining(empty, caller.userId(), false, now()),
                            Member.joining(empty, other, false, now())),
                    List.of());
            return written(commit, caller, Set.of(caller.userId(), other)).map(done -> id);
        });
        return shelf.show(caller, id);
    }

    private ConversationView group(Caller caller, ConversationDraft draft) {
        String title = MessageRules.title(draft.title());
        List<String> others = others(caller, draft.userIds());
        limiter.check("conversations#" + caller.userId(), BEGINNINGS);
        requirePeople(others);
        String id = ids.opaque("c_");
        Conversation empty = Conversation.empty(id, ConversationKind.GROUP, now());
        Conversation after = empty.changed(now()).titled(title).with(others.size() + 1);
        List<Member> members = new ArrayList<>(List.of(Member.joining(empty, caller.userId(), true, now())));
        others.forEach(other -> members.add(Member.joining(empty, other, false, now())));
        List<String> everybody = members.stream().map(Member::userId).toList();
        Commit commit = Commit.ofPeople(
                empty, after, Change.of(after, ChangeKind.CREATED, caller.userId(), everybody), members, List.of());
        turns.take(() -> written(commit, caller, Set.copyOf(everybody)));
        return shelf.show(caller, id);
    }

    private ConversationView meeting(Caller caller, String meetingId) {
        if (!Ids.isMeeting(meetingId)) {
            throw Errors.invalid("meeting_id", "meeting_id must be the id of a meeting");
        }
        return read(caller, ConversationIds.meeting(meetingId));
    }

    private List<String> others(Caller caller, List<String> userIds) {
        if (userIds == null || userIds.stream().anyMatch(id -> !MessageRules.isUser(id))) {
            throw Errors.invalid("user_ids", "user_ids must be ids of people");
        }
        List<String> others = userIds.stream()
                .distinct()
                .filter(id -> !id.equals(caller.userId()))
                .toList();
        if (others.size() > MessagingLimits.ADDED_AT_ONCE) {
            throw Errors.invalid(
                    "user_ids", "user_ids may have " + MessagingLimits.ADDED_AT_ONCE + " people at a time");
        }
        return others;
    }

    private void requirePeople(List<String> userIds) {
        if (names.present(userIds).size() < Set.copyOf(userIds).size()) {
            throw MessagingErrors.PERSON.exception();
        }
    }

    public ConversationView read(Caller caller, String id) {
        return shelf.show(caller, id);
    }

    /** The caller's conversations, the most recently changed first. */
    public ConversationPage list(Caller caller, int page, int pageSize) {
        return shelf.page(caller, page, pageSize);
    }

    /** Gives a group another title. */
    public ConversationView rename(Caller caller, String id, String newTitle) {
        String title = MessageRules.title(newTitle);
        turns.take(() -> {
            Entrance.Entry entry = ownGroup(caller, id);
            Conversation seen = entry.conversation();
            if (seen.title().equals(title)) {
                return Optional.of(id);
            }
            Conversation after = seen.changed(now()).titled(title);
            Commit commit = Commit.ofPeople(
                    seen,
                    after,
                    Change.of(after, ChangeKind.RENAMED, caller.userId(), List.of()),
                    List.of(),
                    List.of());
            return written(commit, caller, entry.members().keySet()).map(done -> id);
        });
        return shelf.show(caller, id);
    }

    /** Everybody in a conversation, owners first, then those who have been in it longest. */
    public MemberPage members(Caller caller, String id) {
        Entrance.Entry entry = entrance.enter(caller, id);
        List<Member> members = entry.members().values().stream()
                .sorted(Comparator.comparing(Member::owner)
                        .reversed()
                        .thenComparing(Member::joinedAt)
                        .thenComparing(Member::userId))
                .toList();
        return new MemberPage(views.members(members), members.size());
    }

    /** Takes people into a group, or makes those in it owners or members. */
    public MemberPage add(Caller caller, String id, MembersRequest request) {
        boolean owner = isOwner(request.role());
        List<String> asked = others(caller, request.userIds());
        if (asked.isEmpty()) {
            throw Errors.invalid("user_ids", "user_ids must be ids of other people");
        }
        limiter.check("members#" + caller.userId(), PEOPLE);
        requirePeople(asked);
        // Who comes and who becomes something else are two changes.
        turns.take(() -> addNew(caller, id, asked, owner));
        if (request.role() != null) {
            turns.take(() -> appoint(caller, id, asked, owner));
        }
        return members(caller, id);
    }

    private Optional<String> addNew(Caller caller, String id, List<String> asked, boolean owner) {
        Entrance.Entry entry = ownGroup(caller, id);
        Conversation seen = entry.conversation();
        List<String> joining =
                asked.stream().filter(one -> !entry.members().containsKey(one)).toList();
        if (joining.isEmpty()) {
            return Optional.of(id);
        }
        int size = entry.members().size() + joining.size();
        if (size > MessagingLimits.MEMBERS) {
            throw MessagingErrors.FULL.exception();
        }
        Conversation after = seen.changed(now()).with(size);
        Set<String> hearing = new HashSet<>(entry.members().keySet());
        hearing.addAll(joining);
        Commit commit = Commit.ofPeople(
                seen,
                after,
                Change.of(after, ChangeKind.JOINED, caller.userId(), joining),
                joining.stream()
                        .map(one -> Member.joining(seen, one, owner, now()))
                        .toList(),
                List.of());
        return written(commit, caller, hearing).map(done -> id);
    }

    private Optional<String> appoint(Caller caller, String id, List<String> asked, boolean owner) {
        Entrance.Entry entry = ownGroup(caller, id);
        Conversation seen = entry.conversation();
        List<Member> changing = asked.stream()
                .map(entry.members()::get)
                .filter(Objects::nonNull)
                .filter(member -> member.owner() != owner)
                .toList();
        if (changing.isEmpty()) {
            return Optional.of(id);
        }
        Conversation after = seen.changed(now());
        Commit commit = Commit.ofPeople(
                seen,
                after,
                Change.of(
                        after,
                        ChangeKind.ROLE,
                        caller.userId(),
                        changing.stream().map(Member::userId).toList()),
                changing.stream().map(member -> member.as(owner)).toList(),
                List.of());
        return written(commit, caller, entry.members().keySet()).map(done -> id);
    }

    private static boolean isOwner(String role) {
        return switch (role == null ? "member" : role) {
            case "owner" -> true;
            case "member" -> false;
            default -> throw Errors.invalid("role", "role must be owner or member");
        };
    }

    /** Takes somebody out of a group, or leaves it. Where no owner is left, who has been in it longest becomes one. */
    public void remove(Caller caller, String id, String userId) {
        turns.take(() -> tryRemove(caller, id, userId));
    }

    private Optional<String> tryRemove(Caller caller, String id, String userId) {
        Entrance.Entry entry = entrance.enter(caller, id);
        if (entry.conversation().kind() != ConversationKind.GROUP) {
            throw MessagingErrors.KIND.exception();
        }
        if (!userId.equals(caller.userId())
                && entry.member().filter(Member::owner).isEmpty()) {
            throw MessagingErrors.OWNER.exception();
        }
        if (!entry.members().containsKey(userId)) {
            throw MessagingErrors.NOT_MEMBER.exception();
        }
        return without(entry.conversation(), entry.members(), caller, userId).map(done -> id);
    }

    /** Takes somebody out whose account is gone. A conversation of two keeps the one who is left. */
    void depart(String id, String userId) {
        turns.take(() -> {
            Optional<Conversations.Roster> roster = conversations.roster(id);
            if (roster.isEmpty() || !roster.get().members().containsKey(userId)) {
                return Optional.of(id);
            }
            Caller gone = new Caller(userId, "", "", false, Optional.empty(), Optional.empty(), Optional.empty());
            return without(roster.get().conversation(), roster.get().members(), gone, userId)
                    .map(done -> id);
        });
    }

    private Optional<Change> without(Conversation seen, Map<String, Member> members, Caller caller, String userId) {
        Map<String, Member> left = new LinkedHashMap<>(members);
        left.remove(userId);
        Conversation after = seen.changed(now()).with(seen.kind() == ConversationKind.MEETING ? 0 : left.size());
        List<Member> appointed =
                seen.kind() == ConversationKind.GROUP && left.values().stream().noneMatch(Member::owner)
                        ? left.values().stream()
                                .min(Comparator.comparing(Member::joinedAt).thenComparing(Member::userId))
                                .map(heir -> heir.as(true))
                                .stream()
                                .toList()
                        : List.of();
        Commit commit = Commit.ofPeople(
                seen,
                after,
                Change.of(after, ChangeKind.LEFT, caller.userId(), List.of(userId)),
                appointed,
                List.of(userId));
        // Those who were in a meeting once are not told who of them is gone.
        return written(commit, caller, seen.kind() == ConversationKind.MEETING ? Set.of() : members.keySet());
    }

    private Entrance.Entry ownGroup(Caller caller, String id) {
        Entrance.Entry entry = entrance.enter(caller, id);
        if (entry.conversation().kind() != ConversationKind.GROUP) {
            throw MessagingErrors.KIND.exception();
        }
        if (entry.member().filter(Member::owner).isEmpty()) {
            throw MessagingErrors.OWNER.exception();
        }
        return entry;
    }

    private Optional<Change> written(Commit commit, Caller caller, Set<String> hearing) {
        if (!(conversations.commit(commit) instanceof Commit.Outcome.Written)) {
            return Optional.empty();
        }
        audience.hearOf(
                hearing, caller.connectionId(), commit.change(), commit.after().title());
        return Optional.of(commit.change());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
