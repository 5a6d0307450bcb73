package dev.parley.identity;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** What usernames, addresses and names may look like. Each check answers the value as it is kept, or refuses it by its field. */
final class AccountRules {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{3,20}");
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");
    private static final Pattern PHONE = Pattern.compile("[+0-9 ()./-]{3,32}");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NICKNAME = 50;
    private static final int LONGEST_AVATAR = 500;

    private AccountRules() {}

    static String username(String username) {
        if (username == null || !USERNAME.matcher(username).matches()) {
            throw Errors.invalid("username", "username must have 3 to 20 letters, digits or underscores");
        }
        return username;
    }

    static String email(String email) {
        if (email == null
                || email.length() > LONGEST_EMAIL
                || !EMAIL.matcher(email).matches()) {
            throw Errors.invalid("email", "email must be an e-mail address");
        }
        return email.toLowerCase(Locale.ROOT);
    }

    /** @param fallback what stands where the name is absent or blank */
    static String nickname(String nickname, String fallback) {
        if (nickname == null || nickname.isBlank()) {
            return fallback;
        }
        String name = nickname.strip();
        if (name.codePointCount(0, name.length()) > LONGEST_NICKNAME) {
            throw Errors.invalid("nickname", "nickname may have 50 characters at most");
        }
        if (!isPlain(name)) {
            throw Errors.invalid("nickname", "nickname may not have control characters");
        }
        return name;
    }

    /** Whether every store takes the text as it is: no control characters, no half of a surrogate pair. */
    static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    static String phone(String phone) {
        if (phone == null || phone.isBlank()) {
            return "";
        }
        if (!PHONE.matcher(phone.strip()).matches()) {
            throw Errors.invalid("phone", "phone must be a telephone number");
        }
        return phone.strip();
    }

    /** A picture on this site or behind https. */
    static String avatar(String avatar) {
        if (avatar == null || avatar.isBlank()) {
            return "";
        }
        ApiException refusal = Errors.invalid("avatar", "avatar must be a path of this site or an https address");
        if (avatar.length() > LONGEST_AVATAR) {
            throw refusal;
        }
        try {
            URI address = URI.create(avatar.strip());
            boolean here = address.getScheme() == null
                    && address.getRawAuthority() == null
                    && address.getRawPath().startsWith("/");
            boolean there = "https".equalsIgnoreCase(address.getScheme()) && address.getHost() != null;
            if (here || there) {
                return address.toString();
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like every other text that is no address.
        }
        throw refusal;
    }
}
