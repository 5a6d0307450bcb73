package dev.parley.notifications;

import dev.parley.notifications.Letter.Action;
import dev.parley.notifications.Letter.Block;
import dev.parley.notifications.Letter.Code;
import dev.parley.notifications.Letter.Lines;
import dev.parley.notifications.Letter.Paragraph;
import java.util.stream.Collectors;

/**
 * A letter as a page that mail programs show alike: one column, styles at the elements, nothing loaded from elsewhere. Every text is
 * escaped.
 */
final class LetterHtml {
    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
            <meta name="color-scheme" content="light dark"><title>%s</title></head>
            <body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">
            <div style="max-width:560px;margin:0 auto">
            %s</div>
            </body>
            </html>
            """;

    private LetterHtml() {}

    static String of(Letter letter) {
        var blocks = new StringBuilder();
        letter.blocks().forEach(block -> blocks.append(html(block)).append('\n'));
        return PAGE.formatted(letter.language().tag(), escape(letter.subject()), blocks);
    }

    private static String html(Block block) {
        return switch (block) {
            case Paragraph paragraph -> "<p>" + escape(paragraph.text()) + "</p>";
            case Action action ->
                "<p><a href=\"" + escape(action.link())
                        + "\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5fd6;color:#ffffff;"
                        + "text-decoration:none\">"
                        + escape(action.label()) + "</a></p>";
            case Lines lines ->
                lines.texts().stream()
                        .map(line -> "<li>" + escape(line) + "</li>")
                        .collect(Collectors.joining("", "<ul>", "</ul>"));
            case Code code ->
                "<p style=\"font-family:ui-monospace,monospace;font-size:24px;letter-spacing:2px\">"
                        + escape(code.text()) + "</p>";
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
