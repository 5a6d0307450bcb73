package dev.parley.local.gateway.mail;

import dev.parley.local.gateway.mail.LocalMail.Mail;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of local mail. Everything that a mail says is escaped; its web links can be followed. */
final class MailHtml {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)。，；：！？）]");
    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            :root { color-scheme: light dark }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
            pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid; border-radius: 8px; padding: 1rem }
            ul { list-style: none; padding: 0 }
            li { border-bottom: 1px solid; padding: .6rem 0 }
            small, dd { overflow-wrap: anywhere }
            </style>
            </head>
            <body>
            <main>
            %s
            </main>
            </body>
            </html>
            """;

    private MailHtml() {}

    static String list(List<Mail> all) {
        if (all.isEmpty()) {
            return FRAME.formatted(
                    "Local outbox",
                    "<h1>Local outbox</h1><p>Nothing yet. What Parley would mail, push or text is shown here in place of being sent.</p>");
        }
        var entries = new StringBuilder("<h1>Local outbox</h1><ul>");
        for (Mail mail : all) {
            entries.append("<li><a href=\"/local/mail/")
                    .append(mail.id())
                    .append("\">")
                    .append(escape(mail.text("subject")))
                    .append("</a><br><small>")
                    .append(escape(kind(mail)))
                    .append(" to ")
                    .append(escape(recipient(mail)))
                    .append(" at ")
                    .append(escape(mail.text("at")))
                    .append("</small></li>");
        }
        return FRAME.formatted("Local outbox", entries.append("</ul>"));
    }

    static String page(Mail mail) {
        String address = "/local/mail/" + mail.id();
        var page = new StringBuilder("<p><a href=\"/local/outbox\">Local outbox</a></p><h1>")
                .append(escape(mail.text("subject")))
                .append("</h1><dl><dt>To</dt><dd>")
                .append(escape(recipient(mail)))
                .append("</dd><dt>At</dt><dd>")
                .append(escape(mail.text("at")))
                .append("</dd></dl><pre>")
                .append(linked(mail.text("text")))
                .append("</pre>");
        if (mail.content().has("calendar")) {
            page.append("<h2>invite.ics</h2><pre>")
                    .append(escape(mail.text("calendar")))
                    .append("</pre>");
        }
        if (mail.content().has("source")) {
            page.append("<p><a href=\"")
                    .append(address)
                    .append("/html\">As HTML</a> · <a href=\"")
                    .append(address)
                    .append("/source\">Source</a></p>");
        }
        return FRAME.formatted(escape(mail.text("subject")), page);
    }

    /** Every web link of a text, in order. */
    static List<URI> links(String text) {
        var links = new ArrayList<URI>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            try {
                links.add(URI.create(matcher.group()));
            } catch (IllegalArgumentException e) {
                // What looks like a link and is none stays text.
            }
        }
        return links;
    }

    private static String linked(String text) {
        var result = new StringBuilder();
        Matcher matcher = LINK.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String link = escape(matcher.group());
            result.append(escape(text.substring(end, matcher.start())))
                    .append("<a href=\"")
                    .append(link)
                    .append("\">")
                    .append(link)
                    .append("</a>");
            end = matcher.end();
        }
        return result.append(escape(text.substring(end))).toString();
    }

    /** {@code mail}, {@code push} or {@code text}. */
    private static String kind(Mail mail) {
        return mail.text("type").replaceFirst("\\..*", "");
    }

    private static String recipient(Mail mail) {
        return mail.text("name") + " <" + mail.text("address") + ">";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
