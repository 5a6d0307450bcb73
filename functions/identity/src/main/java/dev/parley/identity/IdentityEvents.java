package dev.parley.identity;

import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What this context tells the functions that have a way out: to end sockets, to send mail. The subject is the account. */
public final class IdentityEvents {
    private final Outbox outbox;
    private final Ids ids;
    private final InstantSource clock;

    public IdentityEvents(Outbox outbox, Ids ids, InstantSource clock) {
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** {@code sessions.ended}: this one. */
    void sessionEnded(String userId, String sessionId) {
        append("sessions.ended", userId, Map.of("session_id", sessionId));
    }

    /** {@code sessions.ended}: all of them, or all except one. */
    void sessionsEnded(String userId, Optional<String> except) {
        append("sessions.ended", userId, except.map(id -> Map.of("except", id)).orElse(Map.of()));
    }

    /** {@code mail.password_reset}. @param locale of the mail: {@code en} or {@code zh-CN} */
    void passwordReset(Account account, String code, String locale) {
        append("mail.password_reset", account.id(), mail(account, locale, Map.of("code", ResetCodes.shown(code))));
    }

    /** {@code mail.password_changed}, so that an owner who did not do it learns of it. */
    void passwordChanged(Account account, String locale) {
        append("mail.password_changed", account.id(), mail(account, locale, Map.of()));
    }

    /**
     * {@code mail.webhook_disabled}, asked for by webhooks, who do not know where its owner has mail. The mail is that event again, under its
     * id, so that asking twice is asking once.
     */
    public void webhookDisabled(Account owner, OutboxEvent asked) {
        Map<String, String> data = mail(
                owner,
                "",
                Map.of(
                        "webhook_id", asked.data().getOrDefault("webhook_id", ""),
                        "url", asked.data().getOrDefault("url", "")));
        data.put("user_id", owner.id());
        outbox.append(new OutboxEvent(asked.id(), "mail.webhook_disabled", owner.id(), asked.at(), data));
    }

    /** {@code notice.signed_in}: from a browser and system that none of the account's other sessions is of. */
    void signedIn(Account account, Device device) {
        append(
                "notice.signed_in",
                account.id(),
                Map.of("client", device.client(), "system", device.system(), "address", device.address()));
    }

    /** {@code mail.digest}, asked for by notifications, under the id of that event, so that asking twice is asking once. */
    public void digest(Account reader, OutboxEvent asked) {
        Map<String, String> data = mail(reader, asked.data().getOrDefault("locale", ""), asked.data());
        outbox.append(new OutboxEvent(asked.id(), "mail.digest", reader.id(), asked.at(), data));
    }

    /**
     * {@code notice.invited} or {@code notice.uninvited}, asked for by meetings, who know of people nothing but an address. It is that event
     * again, under its id, without the address.
     */
    public void invited(Account guest, OutboxEvent asked) {
        Map<String, String> data = new HashMap<>(asked.data());
        data.remove("email");
        data.put("user_id", guest.id());
        String type = asked.type().equals("invitation.sent") ? "notice.invited" : "notice.uninvited";
        outbox.append(new OutboxEvent(asked.id(), type, guest.id(), asked.at(), data));
    }

    /** {@code account.deleted}: nobody is behind this account any more. It is one event, however often it is told. */
    void accountDeleted(String userId) {
        outbox.append(OutboxEvent.once("account.deleted", userId, "", clock.instant(), Map.of("user_id", userId)));
    }

    private static Map<String, String> mail(Account account, String locale, Map<String, String> more) {
        Map<String, String> data = new HashMap<>(more);
        data.put("email", account.email());
        data.put("name", account.nickname());
        data.put("locale", locale);
        return data;
    }

    private void append(String type, String userId, Map<String, String> more) {
        Map<String, String> data = new HashMap<>(more);
        data.put("user_id", userId);
        outbox.append(new OutboxEvent(ids.opaque("e_"), type, userId, clock.instant(), data));
    }
}
