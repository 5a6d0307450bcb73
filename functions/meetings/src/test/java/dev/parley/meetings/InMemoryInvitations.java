package dev.parley.meetings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ports' in-memory twin, for tests: who was invited, and the keys of their links. */
final class InMemoryInvitations implements Invitations, InvitationKeys {
    private final List<Invitation> invitations = new ArrayList<>();
    final Map<String, String> keys = new HashMap<>();

    @Override
    public synchronized void add(List<Invitation> added) {
        for (Invitation one : added) {
            if (of(one.meetingId()).stream().noneMatch(other -> other.email().equals(one.email()))) {
                invitations.add(one);
            }
        }
    }

    @Override
    public synchronized List<Invitation> of(String meetingId) {
        return invitations.stream()
                .filter(one -> one.meetingId().equals(meetingId))
                .sorted(Comparator.comparing(Invitation::email))
                .toList();
    }

    @Override
    public synchronized void told(String invitationId, long version) {
        invitations.replaceAll(one -> one.id().equals(invitationId)
                ? new Invitation(
                        one.id(),
                        one.meetingId(),
                        one.email(),
                        one.key(),
                        one.locale(),
                        one.invitedAt(),
                        Math.max(one.told(), version))
                : one);
    }

    @Override
    public synchronized Optional<Invitation> remove(String meetingId, String invitationId) {
        Optional<Invitation> found = of(meetingId).stream()
                .filter(one -> one.id().equals(invitationId))
                .findFirst();
        found.ifPresent(invitations::remove);
        return found;
    }

    @Override
    public synchronized void allow(String meetingId, String key) {
        keys.putIfAbsent(meetingId + key, "");
    }

    @Override
    public synchronized void forget(String meetingId, String key) {
        keys.remove(meetingId + key);
    }

    @Override
    public synchronized boolean redeem(String meetingId, String key, String userId) {
        return userId.equals(keys.computeIfPresent(meetingId + key, (k, owner) -> owner.isEmpty() ? userId : owner));
    }
}
