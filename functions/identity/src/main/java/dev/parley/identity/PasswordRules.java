package dev.parley.identity;

import dev.parley.kernel.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What passwords may look like: 8 to 128 characters of at least three classes (small, capital, digit, other), and neither a common word
 * nor the account's own name with decoration around it. {@code Password1!} is a common word: what counts is its letters.
 */
final class PasswordRules {
    static final int SHORTEST = 8;
    static final int LONGEST = 128;

    private static final int CLASSES = 3;
    private static final Set<String> COMMON_WORDS = read("common-words.txt");

    private PasswordRules() {}

    /** @throws dev.parley.kernel.ApiException 400 by {@code field} when {@code password} is not good enough */
    static String check(String field, String password, String username) {
        int length = password == null ? 0 : password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw Errors.invalid(field, field + " must have 8 to 128 characters");
        }
        if (classes(password) < CLASSES) {
            throw Errors.invalid(
                    field, field + " must mix three of: small letters, capital letters, digits, other characters");
        }
        String word = letters(password);
        if (COMMON_WORDS.contains(word) || COMMON_WORDS.contains(unmask(password))) {
            throw Errors.invalid(field, field + " is a common word: choose another");
        }
        if (word.equals(letters(username))) {
            throw Errors.invalid(field, field + " is the username: choose another");
        }
        return password;
    }

    private static long classes(String password) {
        return password.codePoints()
                .map(c -> Character.isLowerCase(c) ? 1 : Character.isUpperCase(c) ? 2 : Character.isDigit(c) ? 3 : 4)
                .distinct()
                .count();
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().filter(Character::isLetter).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** The letters, with digits and signs read as the letters they often stand for: {@code P@ssw0rd} is password. */
    private static String unmask(String password) {
        return letters(password.replace('@', 'a')
                .replace('4', 'a')
                .replace('3', 'e')
                .replace('0', 'o')
                .replace('$', 's')
                .replace('5', 's'));
    }

    private static Set<String> read(String name) {
        try (InputStream words = PasswordRules.class.getResourceAsStream(name)) {
            String text = new String(words.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\\s+")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new IllegalStateException("The list of common words cannot be read", e);
        }
    }
}
