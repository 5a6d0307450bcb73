package dev.parley.notifications;

import dev.parley.notifications.Letter.Action;
import dev.parley.notifications.Letter.Code;
import dev.parley.notifications.Letter.Lines;
import dev.parley.notifications.Letter.Paragraph;
import java.util.stream.Collectors;

/** A letter as plain text: for those who read no HTML, and for those who want to see a link before they click it. */
final class LetterText {
    private LetterText() {}

    static String of(Letter letter) {
        return letter.blocks().stream()
                .map(block -> switch (block) {
                    case Paragraph paragraph -> paragraph.text();
                    case Action action -> action.label() + ":\n" + action.link();
                    case Code code -> "    " + code.text();
                    case Lines lines ->
                        lines.texts().stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
                })
                .collect(Collectors.joining("\n\n", "", "\n"));
    }
}
