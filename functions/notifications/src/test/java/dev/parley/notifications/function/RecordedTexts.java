package dev.parley.notifications.function;

import dev.parley.notifications.TextException;
import dev.parley.notifications.Texter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Telephones in memory: what was sent to them, and how the next message fails. */
final class RecordedTexts implements Texter {
    final List<String> sent = new CopyOnWriteArrayList<>();
    Optional<TextException> failure = Optional.empty();

    @Override
    public void send(String number, String text) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        sent.add(number + " " + text);
    }
}
