package dev.parley.contracts.notifications;

import java.util.List;

/**
 * How somebody wants to be told. Written as a whole: a kind that is not named is told as usual, and without quiet hours there are none.
 *
 * @param quietHours when nothing is sent; it comes as mail afterwards
 * @param language of what is sent, {@code en} or {@code zh}
 */
public record NotificationPreferences(List<KindPreference> kinds, QuietHours quietHours, String language) {
    /**
     * How somebody is told of one kind.
     *
     * @param channels that are on: {@code in_app}, {@code mail}, {@code push}, {@code sms}
     * @param offered channels that may be chosen; not read
     */
    public record KindPreference(String kind, List<String> channels, List<String> offered) {}

    /**
     * Every day, over midnight if need be.
     *
     * @param from hour and minute, {@code 22:00}
     * @param until the same; what was held back is sent then
     * @param timeZone of both, {@code Europe/Berlin}
     */
    public record QuietHours(String from, String until, String timeZone) {}
}
