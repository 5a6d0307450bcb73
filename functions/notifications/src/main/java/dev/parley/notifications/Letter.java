package dev.parley.notifications;

import java.util.List;

/**
 * What a mail says, before it is plain text or HTML.
 *
 * @param language it is written in
 * @param subject one line
 * @param blocks from top to bottom
 */
record Letter(Language language, String subject, List<Block> blocks) {
    Letter {
        blocks = List.copyOf(blocks);
    }

    /** A part of a letter. */
    sealed interface Block {}

    /** A text of one line, however it is broken. */
    record Paragraph(String text) implements Block {}

    /** Texts of one line each, below one another. */
    record Lines(List<String> texts) implements Block {
        public Lines {
            texts = List.copyOf(texts);
        }
    }

    /** Something to click. @param link a web address */
    record Action(String label, String link) implements Block {}

    /** Something to read out or to type. */
    record Code(String text) implements Block {}
}
