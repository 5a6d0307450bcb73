package dev.parley.rtp.payload;

import java.util.Locale;
import java.util.Optional;

/**
 * The {@code profile-level-id} of H.264 (RFC 6184 section 8.1): three bytes in hexadecimal.
 *
 * @param profileIdc profile_idc
 * @param constraints profile-iop, the constraint flags
 * @param levelIdc level_idc: ten times the level
 */
public record H264ProfileLevel(int profileIdc, int constraints, int levelIdc) {
    /** What a missing profile-level-id means: Baseline, level 1. */
    public static final H264ProfileLevel DEFAULT = new H264ProfileLevel(0x42, 0x00, 0x0A);

    /** The profiles browsers offer. */
    public enum Profile {
        CONSTRAINED_BASELINE,
        BASELINE,
        MAIN,
        CONSTRAINED_HIGH,
        HIGH,
        HIGH_444_PREDICTIVE,
        OTHER
    }

    /** Parses six hexadecimal digits; empty when the text is anything else. */
    public static Optional<H264ProfileLevel> parse(String text) {
        if (text.length() != 6) {
            return Optional.empty();
        }
        int value = 0;
        for (int i = 0; i < 6; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return Optional.empty();
            }
            value = value << 4 | digit;
        }
        return Optional.of(new H264ProfileLevel(value >> 16, value >> 8 & 0xFF, value & 0xFF));
    }

    /** The profile that profile_idc and the constraint flags name together (RFC 6184 table 5). */
    public Profile profile() {
        boolean set0 = (constraints & 0x80) != 0;
        boolean set1 = (constraints & 0x40) != 0;
        boolean set4 = (constraints & 0x08) != 0;
        boolean set5 = (constraints & 0x04) != 0;
        return switch (profileIdc) {
            case 0x42 -> set1 ? Profile.CONSTRAINED_BASELINE : Profile.BASELINE;
            case 0x4D -> set0 ? Profile.CONSTRAINED_BASELINE : Profile.MAIN;
            case 0x58 -> set0 && set1 ? Profile.CONSTRAINED_BASELINE : set0 ? Profile.BASELINE : Profile.OTHER;
            case 0x64 -> set4 && set5 ? Profile.CONSTRAINED_HIGH : Profile.HIGH;
            case 0xF4 -> Profile.HIGH_444_PREDICTIVE;
            default -> Profile.OTHER;
        };
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%02x%02x%02x", profileIdc, constraints, levelIdc);
    }
}
