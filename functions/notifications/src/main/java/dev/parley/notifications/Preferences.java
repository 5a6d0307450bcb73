package dev.parley.notifications;

import dev.parley.contracts.notifications.NotificationPreferences;
import dev.parley.kernel.Errors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How somebody wants to be told.
 *
 * @param channels that are on, by kind; every kind is there
 * @param language of what is sent, {@code en} or {@code zh}
 */
public record Preferences(Map<NoticeKind, Set<Channel>> channels, Optional<QuietHours> quiet, String language) {
    private static final Set<String> LANGUAGES = Set.of("en", "zh");
    /** Those have letters of their own, which are always sent. */
    private static final Set<String> MAILED = Set.of("password_changed", "webhook_disabled");

    public Preferences {
        channels = Map.copyOf(channels);
    }

    /** Of whoever never chose. */
    public static Preferences usual() {
        Map<NoticeKind, Set<Channel>> channels = new EnumMap<>(NoticeKind.class);
        for (NoticeKind kind : NoticeKind.values()) {
            Set<Channel> on = EnumSet.copyOf(offered(kind));
            on.add(Channel.IN_APP);
            on.remove(Channel.SMS);
            if (kind == NoticeKind.MEETING) {
                on.remove(Channel.MAIL);
            }
            channels.put(kind, on);
        }
        return new Preferences(channels, Optional.empty(), "en");
    }

    /** What may be chosen for a kind. What happens to an account cannot be switched off, and an invitation is a letter by itself. */
    static Set<Channel> offered(NoticeKind kind) {
        return switch (kind) {
            case ACCOUNT -> EnumSet.of(Channel.MAIL, Channel.PUSH, Channel.SMS);
            case INVITATION -> EnumSet.of(Channel.IN_APP, Channel.PUSH, Channel.SMS);
            default -> EnumSet.allOf(Channel.class);
        };
    }

    /** How news of a moment are told: in quiet hours what would wake somebody comes by mail afterwards. */
    Set<Channel> at(Instant moment, NoticeKind kind, String what) {
        Set<Channel> on = of(kind, what);
        if (quiet.flatMap(hours -> hours.endOf(moment)).isPresent()
                && on.removeIf(Channel::wakes)
                && mailable(kind, what)) {
            on.add(Channel.MAIL);
        }
        return on;
    }

    /** Whether news are told on a channel, or came to it because of the hour. */
    boolean wants(Channel channel, NoticeKind kind, String what) {
        Set<Channel> on = of(kind, what);
        return on.contains(channel)
                || channel == Channel.MAIL
                        && mailable(kind, what)
                        && on.stream().anyMatch(Channel::wakes);
    }

    private static boolean mailable(NoticeKind kind, String what) {
        return offered(kind).contains(Channel.MAIL) && !MAILED.contains(what);
    }

    /** How news are told when nobody sleeps. */
    private Set<Channel> of(NoticeKind kind, String what) {
        Set<Channel> on = EnumSet.noneOf(Channel.class);
        on.addAll(channels.getOrDefault(kind, Set.of()));
        if (MAILED.contains(what)) {
            on.remove(Channel.MAIL);
        }
        return on;
    }

    /** @throws dev.parley.kernel.ApiException 400 {@code request.invalid} with the field */
    public static Preferences checked(NotificationPreferences asked) {
        Map<NoticeKind, Set<Channel>> channels = new EnumMap<>(usual().channels());
        Set<String> named = new HashSet<>();
        for (NotificationPreferences.KindPreference one :
                asked.kinds() == null ? List.<NotificationPreferences.KindPreference>of() : asked.kinds()) {
            NoticeKind kind = kind(one == null ? null : one.kind());
            if (!named.add(one.kind())) {
                throw Errors.invalid("kinds", "Each kind is named once.");
            }
            channels.put(kind, channels(kind, one.channels() == null ? List.of() : one.channels()));
        }
        String language = asked.language() == null ? "en" : asked.language();
        if (!LANGUAGES.contains(language)) {
            throw Errors.invalid("language", "language must be en or zh");
        }
        return new Preferences(channels, Optional.ofNullable(asked.quietHours()).map(Preferences::quiet), language);
    }

    private static NoticeKind kind(String word) {
        for (NoticeKind kind : NoticeKind.values()) {
            if (kind.wire().equals(word)) {
                return kind;
            }
        }
        throw Errors.invalid("kinds", "A kind is message, mention, invitation, meeting, file or account.");
    }

    private static Set<Channel> channels(NoticeKind kind, List<String> words) {
        Set<Channel> on = EnumSet.noneOf(Channel.class);
        for (String word : words) {
            on.add(Channel.of(word)
                    .filter(channel -> offered(kind).contains(channel) || channel == Channel.IN_APP)
                    .orElseThrow(() -> Errors.invalid("kinds", "Of " + kind.wire() + " nobody is told so.")));
        }
        if (!offered(kind).contains(Channel.IN_APP)) {
            on.add(Channel.IN_APP);
        }
        return on;
    }

    private static QuietHours quiet(NotificationPreferences.QuietHours asked) {
        try {
            LocalTime from = LocalTime.parse(String.valueOf(asked.from()));
            LocalTime until = LocalTime.parse(String.valueOf(asked.until()));
            return new QuietHours(from, until, ZoneId.of(String.valueOf(asked.timeZone())));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Errors.invalid(
                    "quiet_hours", "Quiet hours are two different times, as 22:00, and a time zone, as Europe/Berlin.");
        }
    }

    /** As whoever chose it sees it. */
    public NotificationPreferences view() {
        List<NotificationPreferences.KindPreference> kinds = new ArrayList<>();
        for (NoticeKind kind : NoticeKind.values()) {
            kinds.add(new NotificationPreferences.KindPreference(
                    kind.wire(),
                    channels.get(kind).stream().sorted().map(Channel::wire).toList(),
                    offered(kind).stream().sorted().map(Channel::wire).toList()));
        }
        return new NotificationPreferences(
                kinds,
                quiet.map(hours -> new NotificationPreferences.QuietHours(
                                hours.from().toString(),
                                hours.until().toString(),
                                hours.zone().getId()))
                        .orElse(null),
                language);
    }
}
