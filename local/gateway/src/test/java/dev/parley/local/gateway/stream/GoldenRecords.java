package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.template.StreamSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import tools.jackson.databind.node.ObjectNode;

/** What stands in the outbox behind the golden events of streams: one event of every type that somebody writes. */
public final class GoldenRecords {
    private static final Map<String, Map<String, String>> EVENTS = new TreeMap<>(Map.ofEntries(
            Map.entry("account.banned", Map.of("user_id", "u_1")),
            Map.entry("account.deleted", Map.of("user_id", "u_1")),
            Map.entry("account.leaving", Map.of("user_id", "u_1")),
            Map.entry("account.role_changed", Map.of("user_id", "u_1", "role", "user")),
            Map.entry(
                    "audit.entry",
                    Map.of(
                            "actor_id", "u_1",
                            "actor_role", "user",
                            "source_ip", "198.51.100.7",
                            "request_id", "r_1",
                            "act", "meeting.kick",
                            "outcome", "done",
                            "before", "{}",
                            "after", "{}")),
            Map.entry("sessions.ended", Map.of("user_id", "u_1", "session_id", "s_1")),
            Map.entry("socket.closed", Map.of("user_id", "u_1", "connection_id", "L0SM9cOFvHcCIhw=")),
            Map.entry("meeting.changed", Map.of("meeting_id", "qdm-pusk-edv", "what", "ended")),
            Map.entry("file.check", Map.of("file_id", "f_1")),
            Map.entry(
                    "file.notice",
                    Map.of(
                            "push_id", "ps_1",
                            "file_id", "f_1",
                            "name", "plan.pdf",
                            "size", "20971520",
                            "sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                            "media_type", "application/pdf",
                            "from", "u_1",
                            "from_name", "Ada",
                            "pushed_at", "2026-04-09T12:34:56Z",
                            "to", "{\"u_2\":[\"dv_1\"]}")),
            Map.entry("file.recalled", Map.of("push_id", "ps_1", "file_id", "f_1", "to", "{\"u_2\":[\"dv_1\"]}")),
            Map.entry("file.state", Map.of("user_id", "u_1", "file_id", "f_1", "state", "ready")),
            Map.entry(
                    "push.state",
                    Map.of(
                            "user_id", "u_1",
                            "push_id", "ps_1",
                            "file_id", "f_1",
                            "counts", "{\"waiting\":0,\"notified\":0,\"downloading\":1,\"done\":1,\"failed\":0}")),
            Map.entry("meeting.ended", meeting(Map.of("ended_at", "2026-04-09T13:05:00Z"))),
            Map.entry("meeting.started", meeting(Map.of())),
            Map.entry("participant.joined", meeting(participant())),
            Map.entry("participant.left", meeting(left())),
            Map.entry("message.edited", Map.of("by", "u_1", "seq", "7")),
            Map.entry("message.recalled", Map.of("by", "u_1", "seq", "7")),
            Map.entry("message.sent", Map.of("by", "u_1", "seq", "7")),
            Map.entry(
                    "mail.password_reset",
                    Map.of(
                            "user_id", "u_1",
                            "email", "ada@example.org",
                            "name", "Ada",
                            "code", "7K3M-9QXA",
                            "locale", "en")),
            Map.entry(
                    "mail.password_changed",
                    Map.of("user_id", "u_1", "email", "ada@example.org", "name", "艾达", "locale", "zh-CN")),
            Map.entry(
                    "mail.webhook_disabled",
                    Map.of(
                            "user_id", "u_1",
                            "email", "ada@example.org",
                            "name", "Ada",
                            "locale", "",
                            "webhook_id", "wh_1",
                            "url", "https://hooks.example.org/in")),
            Map.entry(
                    "webhook.disabled",
                    Map.of("user_id", "u_1", "webhook_id", "wh_1", "url", "https://hooks.example.org/in")),
            Map.entry(
                    "notice.signed_in",
                    Map.of("user_id", "u_1", "client", "Firefox", "system", "Linux", "address", "198.51.100.7")),
            Map.entry("notice.invited", noted("invited", Map.of("user_id", "u_1"))),
            Map.entry("notice.uninvited", noted("cancelled", Map.of("user_id", "u_1"))),
            Map.entry("invitation.sent", noted("invited", Map.of("email", "ada@example.org"))),
            Map.entry("invitation.cancelled", noted("cancelled", Map.of("email", "ada@example.org"))),
            Map.entry(
                    "mail.digest",
                    Map.of(
                            "user_id", "u_1",
                            "email", "ada@example.org",
                            "name", "Ada",
                            "locale", "en",
                            "delivery_id", "dl_1793614530250abcdefghijklmnopqrstuvwxyz",
                            "line_1", "Grace sent you 3 messages")),
            Map.entry(
                    "notice.mail",
                    Map.of(
                            "user_id", "u_1",
                            "delivery_id", "dl_1793614530250abcdefghijklmnopqrstuvwxyz",
                            "locale", "en",
                            "line_1", "Grace sent you 3 messages")),
            Map.entry("mail.invitation", invitation("REQUEST")),
            Map.entry("mail.invitation_cancelled", invitation("CANCEL"))));

    private GoldenRecords() {}

    /** The batch that a mapping hands over: of the records above those that its filter lets through. */
    public static ObjectNode batch(StreamSpec spec, Instant now) {
        String stream =
                "arn:aws:dynamodb:ddblocal:000000000000:table/" + spec.table() + "/stream/2026-04-09T12:00:00.000";
        List<EventPattern> patterns =
                spec.filters().stream().map(EventPattern::parse).toList();
        var records = new ArrayList<ObjectNode>();
        EVENTS.forEach((type, data) -> {
            ObjectNode record = StreamEvent.record(record(type, data, now), stream);
            if (EventPattern.wanted(patterns, record)) {
                records.add(record);
            }
        });
        return StreamEvent.of(records);
    }

    private static Record record(String type, Map<String, String> data, Instant now) {
        int number = new ArrayList<>(EVENTS.keySet()).indexOf(type) + 1;
        String id = "e_" + number;
        String subject = data.containsKey("owner_id")
                ? "qdm-pusk-edv"
                : data.getOrDefault("user_id", data.getOrDefault("meeting_id", "qdm-pusk-edv"));
        Map<String, AttributeValue> keys =
                Map.of("subject", AttributeValue.fromS(subject), "id", AttributeValue.fromS(id));
        Map<String, AttributeValue> image = new TreeMap<>(keys);
        image.put("type", AttributeValue.fromS(type));
        image.put("at", AttributeValue.fromN(Long.toString(now.toEpochMilli())));
        image.put("expires_at", AttributeValue.fromN(Long.toString(now.getEpochSecond() + 259_200)));
        Map<String, AttributeValue> texts = new TreeMap<>();
        data.forEach((name, value) -> texts.put(name, AttributeValue.fromS(value)));
        image.put("data", AttributeValue.fromM(texts));
        return Record.builder()
                .eventID("%032x".formatted(number))
                .eventName(OperationType.INSERT)
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .dynamodb(change -> change.approximateCreationDateTime(now)
                        .keys(keys)
                        .newImage(image)
                        .sequenceNumber("%021d".formatted(number))
                        .sizeBytes(400L)
                        .streamViewType(StreamViewType.NEW_IMAGE))
                .build();
    }

    private static Map<String, String> noted(String what, Map<String, String> whom) {
        Map<String, String> data = new TreeMap<>(whom);
        data.putAll(Map.of(
                "what", what,
                "by", "u_2",
                "meeting_id", "qdm-pusk-edv",
                "title", "Weekly",
                "starts", "2026-04-13T09:00:00Z"));
        return data;
    }

    private static Map<String, String> meeting(Map<String, String> more) {
        Map<String, String> data = new TreeMap<>(more);
        data.putAll(Map.of(
                "owner_id", "u_1",
                "host_id", "u_1",
                "title", "Weekly",
                "started_at", "2026-04-09T12:30:00Z"));
        return data;
    }

    private static Map<String, String> participant() {
        return Map.of(
                "participant_id", "p_1",
                "user_id", "u_2",
                "name", "Grace",
                "role", "participant",
                "joined_at", "2026-04-09T12:31:00Z");
    }

    private static Map<String, String> left() {
        Map<String, String> data = new TreeMap<>(participant());
        data.putAll(Map.of("left_at", "2026-04-09T12:50:00Z", "reason", "left"));
        return data;
    }

    private static Map<String, String> invitation(String method) {
        return Map.of(
                "email", "grace@example.org",
                "name", "Ada",
                "meeting_id", "qdm-pusk-edv",
                "title", "Weekly",
                "starts", "2026-04-13T09:00:00Z",
                "link", "https://meet.example.org/m/qdm-pusk-edv",
                "locale", "en",
                "ics",
                        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Parley//EN\r\nMETHOD:" + method
                                + "\r\nBEGIN:VEVENT\r\nUID:qdm-pusk-edv@meet.example.org\r\nDTSTAMP:20260409T123456Z\r\n"
                                + "DTSTART:20260413T090000Z\r\nSUMMARY:Weekly\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    }
}
