package dev.parley.local.load;

import java.util.List;

/** Values among arguments. */
final class Given {
    private Given() {}

    /** @throws IllegalArgumentException when the argument is no number, or out of range */
    static int number(List<String> given, int index, int smallest, int largest) {
        try {
            int number = Integer.parseInt(given.get(index));
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // Answered below, like a number out of range.
        }
        throw new IllegalArgumentException(
                given.get(index - 1) + " needs a whole number from " + smallest + " to " + largest);
    }

    /** @throws IllegalArgumentException when there is none */
    static String text(List<String> given, int index) {
        if (index == given.size()) {
            throw new IllegalArgumentException(given.get(index - 1) + " needs a value");
        }
        return given.get(index);
    }
}
