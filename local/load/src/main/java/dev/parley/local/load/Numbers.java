package dev.parley.local.load;

import java.util.List;

/** Whole numbers among arguments. */
final class Numbers {
    private Numbers() {}

    /** @throws IllegalArgumentException when the argument is no number, or out of range */
    static int of(List<String> given, int index, int smallest, int largest) {
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
}
