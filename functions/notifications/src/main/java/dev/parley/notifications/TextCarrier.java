package dev.parley.notifications;

import dev.parley.notifications.Delivery.State;
import java.util.Objects;
import java.util.Optional;

/** To somebody's telephone: one sentence, how many more there are, and where they are. */
final class TextCarrier implements Carrier {
    private static final int LONGEST = 200;

    private final Phones phones;
    private final Texter texter;
    private final String publicUrl;

    /** @param publicUrl what every link of ours starts with */
    TextCarrier(Phones phones, Texter texter, String publicUrl) {
        this.phones = Objects.requireNonNull(phones);
        this.texter = Objects.requireNonNull(texter);
        this.publicUrl = Objects.requireNonNull(publicUrl);
    }

    @Override
    public Carried carry(Delivery delivery, Told told) {
        Optional<String> number = phones.of(delivery.userId());
        if (number.isEmpty()) {
            return Carried.to(State.SKIPPED);
        }
        try {
            texter.send(number.get(), text(told));
            return Carried.to(State.DELIVERED);
        } catch (TextException e) {
            return Carried.failed(e.forGood() ? State.FAILED : State.PENDING, "text");
        }
    }

    private String text(Told told) {
        String line = told.lines().getFirst();
        String first = line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
        int more = told.lines().size() - 1;
        return first + (more > 0 ? " (+" + more + ")" : "") + "\n" + publicUrl
                + (more > 0 ? "/notifications" : told.notices().getFirst().link());
    }
}
