package dev.parley.notifications;

import dev.parley.contracts.notifications.PhoneCode;
import dev.parley.contracts.notifications.PhoneDraft;
import dev.parley.contracts.notifications.PhoneView;
import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Sha256;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The telephone that somebody wants to be told on: a code is sent to it, and only who types that code has it. */
public final class PhoneDesk {
    private static final Duration CODE_LASTS = Duration.ofMinutes(10);
    private static final int TRIES = 5;
    private static final int CODES = 1_000_000;
    /** Text messages cost money, and somebody else's telephone makes a noise. */
    private static final Rate PER_ACCOUNT = Rate.of(3, Duration.ofMinutes(30));

    private static final Rate PER_NUMBER = Rate.of(3, Duration.ofHours(1));
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final String PHONE = "phone";
    private static final String HASH = "hash";

    private final Phones phones;
    private final PreferenceStore preferences;
    private final Texter texter;
    private final Ephemeral marks;
    private final RateLimiter limiter;
    private final RandomGenerator random;
    private final Sentences sentences = new Sentences();

    public PhoneDesk(
            Phones phones,
            PreferenceStore preferences,
            Texter texter,
            Ephemeral marks,
            RateLimiter limiter,
            RandomGenerator random) {
        this.phones = Objects.requireNonNull(phones);
        this.preferences = Objects.requireNonNull(preferences);
        this.texter = Objects.requireNonNull(texter);
        this.marks = Objects.requireNonNull(marks);
        this.limiter = Objects.requireNonNull(limiter);
        this.random = Objects.requireNonNull(random);
    }

    public PhoneView read(Principal reader) {
        String userId = reader.userId();
        return new PhoneView(
                phones.of(userId).orElse(null),
                marks.find(code(userId)).map(found -> found.get(PHONE)).orElse(null));
    }

    /**
     * Sends a code to a number. The number before stays until the code is typed.
     *
     * @throws dev.parley.kernel.ApiException 400 {@code request.invalid} for {@code phone}, 429 {@code rate.limited}, 502 {@code
     *     notification.text}
     */
    public PhoneView begin(Principal reader, PhoneDraft asked) {
        String userId = reader.userId();
        String number = asked.phone() == null ? "" : asked.phone().replaceAll("[\\s()./-]", "");
        if (!NUMBER.matcher(number).matches()) {
            throw Errors.invalid(PHONE, "phone must be a number with its country, as +4915112345678.");
        }
        limiter.check("phones#" + userId, PER_ACCOUNT);
        limiter.check("phone-number#" + Sha256.base64Url(number), PER_NUMBER);
        String code = "%06d".formatted(random.nextInt(CODES));
        marks.remove(tries(userId));
        marks.put(code(userId), Map.of(PHONE, number, HASH, hash(userId, code)), CODE_LASTS);
        String language = preferences
                .preferences(userId)
                .map(Preferences::language)
                .orElseGet(() -> Preferences.usual().language());
        try {
            texter.send(number, sentences.code(Language.of(language), code));
        } catch (TextException e) {
            marks.remove(code(userId));
            throw NoticeErrors.TEXT.exception();
        }
        return new PhoneView(phones.of(userId).orElse(null), number);
    }

    /** @throws dev.parley.kernel.ApiException 400 {@code notification.code} when it is another, or its time is over, or it was tried too often */
    public PhoneView confirm(Principal reader, PhoneCode typed) {
        String userId = reader.userId();
        Map<String, String> sent = marks.find(code(userId)).orElseThrow(NoticeErrors.CODE::exception);
        if (marks.increment(tries(userId), CODE_LASTS) > TRIES) {
            throw NoticeErrors.CODE.exception();
        }
        String code = typed.code() == null ? "" : typed.code().replaceAll("[\\s-]", "");
        if (!hash(userId, code).equals(sent.get(HASH))) {
            throw NoticeErrors.CODE.exception();
        }
        // Of two who type it at once one finds it gone.
        Optional<Map<String, String>> taken = marks.take(code(userId));
        String number = taken.orElseThrow(NoticeErrors.CODE::exception).get(PHONE);
        phones.put(userId, number);
        return new PhoneView(number, null);
    }

    /** Nothing is sent there any more, a code included. */
    public void remove(Principal reader) {
        marks.remove(code(reader.userId()));
        phones.remove(reader.userId());
    }

    private static String code(String userId) {
        return "phone#code#" + userId;
    }

    private static String tries(String userId) {
        return "phone#tries#" + userId;
    }

    private static String hash(String userId, String code) {
        return Sha256.base64Url(userId + "|" + code);
    }
}
