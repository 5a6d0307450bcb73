package dev.parley.notifications;

import dev.parley.contracts.Wire;
import dev.parley.kernel.OutboxEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes news of events: whom they concern, and what to say. Who has a socket open was shown a message when it was sent, and who has read
 * it needs nobody to tell them.
 */
final class Newsroom {
    /** How long after its start a meeting's invitations count; of one without a time, and of a series, how long after they were sent. */
    private static final Duration INVITED = Duration.ofDays(400);

    private static final String ACCOUNT = "u_";

    private final Notices notices;
    private final Talks talks;
    private final Sockets sockets;

    Newsroom(Notices notices, Talks talks, Sockets sockets) {
        this.notices = Objects.requireNonNull(notices);
        this.talks = Objects.requireNonNull(talks);
        this.sockets = Objects.requireNonNull(sockets);
    }

    /** What is to be told of an event; nothing of those that concern nobody. */
    List<News> of(OutboxEvent event) {
        return switch (event.type()) {
            case "message.sent" -> said(event);
            case "meeting.started" -> started(event);
            case "notice.invited" -> invited(event, true);
            case "notice.uninvited" -> invited(event, false);
            case "file.notice" -> pushed(event);
            case "notice.signed_in" -> List.of(account(event, "signed_in", device(event.data())));
            case "mail.password_changed" -> List.of(account(event, "password_changed", ""));
            case "account.role_changed" ->
                List.of(account(event, "role_changed", event.data().getOrDefault("role", "")));
            case "mail.webhook_disabled" ->
                List.of(account(event, "webhook_disabled", event.data().getOrDefault("url", "")));
            default -> List.of();
        };
    }

    private List<News> said(OutboxEvent event) {
        String conversation = event.subject();
        long seq = Long.parseLong(event.data().getOrDefault("seq", "0"));
        Optional<Talks.Said> found = talks.said(conversation, seq);
        if (found.isEmpty()) {
            return List.of();
        }
        Talks.Said said = found.get();
        boolean direct = said.kind().equals("direct");
        Set<String> readers = new LinkedHashSet<>(direct ? talks.members(conversation) : said.mentions());
        readers.remove(said.author());
        readers.removeIf(reader -> !reader.startsWith(ACCOUNT));
        if (readers.isEmpty()) {
            return List.of();
        }
        List<News> news = new ArrayList<>();
        talks.read(conversation, List.copyOf(readers)).forEach((reader, read) -> {
            if (read < seq && sockets.ofUser(reader).isEmpty()) {
                news.add(new News(
                        eventId(event),
                        reader,
                        direct ? NoticeKind.MESSAGE : NoticeKind.MENTION,
                        direct ? "received" : "mentioned",
                        "conversation|" + conversation,
                        event.at(),
                        Optional.of(said.author()).filter(author -> author.startsWith(ACCOUNT)),
                        direct ? "" : said.title(),
                        Optional.empty(),
                        "/chats/" + conversation,
                        Optional.of(new Notice.Source(conversation, seq))));
            }
        });
        return news;
    }

    /** Ids of events count from 1 in each conversation. */
    private static String eventId(OutboxEvent event) {
        return event.subject() + "|" + event.id();
    }

    private List<News> started(OutboxEvent event) {
        String host = event.data().getOrDefault("host_id", "");
        return notices.invited(event.subject()).stream()
                .filter(guest -> !guest.equals(host))
                .map(guest -> new News(
                        event.id(),
                        guest,
                        NoticeKind.MEETING,
                        "started",
                        "meeting|" + event.subject(),
                        event.at(),
                        Optional.of(host).filter(id -> id.startsWith(ACCOUNT)),
                        event.data().getOrDefault("title", ""),
                        Optional.empty(),
                        "/m/" + event.subject(),
                        Optional.empty()))
                .toList();
    }

    private List<News> invited(OutboxEvent event, boolean comes) {
        Map<String, String> data = event.data();
        String meeting = data.getOrDefault("meeting_id", "");
        String user = data.getOrDefault("user_id", "");
        if (meeting.isEmpty() || user.isEmpty()) {
            return List.of();
        }
        Optional<Instant> starts = instant(data.getOrDefault("starts", ""));
        if (comes) {
            Instant from = starts.filter(event.at()::isBefore).orElse(event.at());
            notices.invite(meeting, user, from.plus(INVITED));
        } else {
            notices.uninvite(meeting, user);
        }
        return List.of(new News(
                event.id(),
                user,
                NoticeKind.INVITATION,
                data.getOrDefault("what", comes ? "invited" : "cancelled"),
                "invitation|" + meeting,
                event.at(),
                Optional.of(data.getOrDefault("by", "")).filter(id -> id.startsWith(ACCOUNT)),
                data.getOrDefault("title", ""),
                starts,
                comes ? "/m/" + meeting : "/",
                Optional.empty()));
    }

    private static List<News> pushed(OutboxEvent event) {
        Map<String, String> data = event.data();
        String from = data.getOrDefault("from", "");
        List<News> news = new ArrayList<>();
        for (Map.Entry<String, JsonNode> holder :
                Wire.tree(data.getOrDefault("to", "{}")).properties()) {
            if (holder.getKey().startsWith(ACCOUNT) && !holder.getKey().equals(from)) {
                news.add(new News(
                        event.id(),
                        holder.getKey(),
                        NoticeKind.FILE,
                        "pushed",
                        "push|" + data.getOrDefault("push_id", event.subject()),
                        event.at(),
                        Optional.of(from).filter(id -> id.startsWith(ACCOUNT)),
                        data.getOrDefault("name", ""),
                        Optional.empty(),
                        "/files/received",
                        Optional.empty()));
            }
        }
        return news;
    }

    private static News account(OutboxEvent event, String what, String about) {
        return new News(
                event.id(),
                event.data().getOrDefault("user_id", event.subject()),
                NoticeKind.ACCOUNT,
                what,
                "account|" + event.id(),
                event.at(),
                Optional.empty(),
                about,
                Optional.empty(),
                what.equals("role_changed") ? "/" : "/account",
                Optional.empty());
    }

    private static String device(Map<String, String> data) {
        return String.join(
                        ", ",
                        List.of(
                                data.getOrDefault("client", ""),
                                data.getOrDefault("system", ""),
                                data.getOrDefault("address", "")))
                .replaceAll("^(, )+|(?<=, )(, )+", "");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
