package dev.parley.identity;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a session is used, in words its owner knows it by. Read out of the User-Agent header, which anybody may write as they like: it is
 * shown and decides nothing.
 *
 * @param client the program: {@code Firefox}; empty when it does not say
 * @param system what it runs on: {@code Android}; empty when it does not say
 * @param address the network address it was last seen at
 */
public record Device(String client, String system, String address) {
    private static final int LONGEST_CLIENT = 40;
    private static final int LONGEST_ADDRESS = 64;

    private record Sign(String mark, String name) {}

    /** The first that is there counts: most browsers also name those they descend from. */
    private static final List<Sign> CLIENTS = List.of(
            new Sign("Edg", "Edge"),
            new Sign("OPR/", "Opera"),
            new Sign("SamsungBrowser/", "Samsung Internet"),
            new Sign("Firefox/", "Firefox"),
            new Sign("FxiOS/", "Firefox"),
            new Sign("CriOS/", "Chrome"),
            new Sign("Chromium/", "Chromium"),
            new Sign("Chrome/", "Chrome"),
            new Sign("Safari/", "Safari"));

    private static final List<Sign> SYSTEMS = List.of(
            new Sign("Android", "Android"),
            new Sign("iPhone", "iPhone"),
            new Sign("iPad", "iPad"),
            new Sign("Windows", "Windows"),
            new Sign("CrOS", "ChromeOS"),
            new Sign("Mac OS X", "macOS"),
            new Sign("Linux", "Linux"));

    private static final Pattern PRODUCT = Pattern.compile("([A-Za-z0-9 ._-]{1," + LONGEST_CLIENT + "})(?:/.*)?");

    public Device {
        Objects.requireNonNull(client);
        Objects.requireNonNull(system);
        address = address.length() > LONGEST_ADDRESS ? address.substring(0, LONGEST_ADDRESS) : address;
    }

    /** @param userAgent the header, or empty */
    public static Device of(String userAgent, String address) {
        return new Device(clientOf(userAgent), named(SYSTEMS, userAgent), address);
    }

    /** Whether it is the same program on the same system, wherever it is. */
    boolean like(Device other) {
        return client.equals(other.client) && system.equals(other.system);
    }

    /** A browser by its name, any other program by the product it says first. */
    private static String clientOf(String userAgent) {
        if (userAgent.startsWith("Mozilla/")) {
            return named(CLIENTS, userAgent);
        }
        Matcher product = PRODUCT.matcher(userAgent.strip());
        return product.matches() ? product.group(1).strip() : "";
    }

    private static String named(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(sign -> userAgent.contains(sign.mark()))
                .map(Sign::name)
                .findFirst()
                .orElse("");
    }
}
