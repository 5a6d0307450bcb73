package dev.parley.local.gateway.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client of each route would send: the requests behind the golden events. */
final class GoldenRequests {
    private static final String MEETING = "qdm-pusk-edv";
    private static final Map<String, String> PATH_VALUES = Map.ofEntries(
            Map.entry("id", MEETING),
            Map.entry("uid", "u_2"),
            Map.entry("session_id", "ms_1"),
            Map.entry("participant", "p_1"),
            Map.entry("invitation_id", "i_1"),
            Map.entry("poll_id", "q_1"),
            Map.entry("room_id", "b_1"),
            Map.entry("seq", "7"),
            Map.entry("emoji", "%F0%9F%91%8D"),
            Map.entry("device_id", "dv_1"),
            Map.entry("conversation_id", "c_1"));

    /** Bodies by the event's name in the template; an alias has that of the route it stands for. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry(
                    "Register",
                    "{\"username\":\"ada\",\"email\":\"ada@example.org\",\"password\":\"Sunny-day-42x\",\"nickname\":\"Ada\"}"),
            Map.entry("Login", "{\"username\":\"ada\",\"password\":\"Sunny-day-42x\"}"),
            Map.entry("Refresh", "{\"refresh_token\":\"s_1.c2VjcmV0\"}"),
            Map.entry("UpdateProfile", "{\"nickname\":\"Ada L.\"}"),
            Map.entry("ChangePassword", "{\"old_password\":\"Sunny-day-42x\",\"new_password\":\"Rainy-night-17y\"}"),
            Map.entry("DeleteAccount", "{\"password\":\"Sunny-day-42x\"}"),
            Map.entry("ForgotPassword", "{\"email\":\"ada@example.org\"}"),
            Map.entry(
                    "ResetPassword",
                    "{\"email\":\"ada@example.org\",\"code\":\"7K3M-9QXA\",\"password\":\"Rainy-night-17y\"}"),
            Map.entry(
                    "CreateMeeting",
                    "{\"title\":\"Weekly\",\"max_participants\":12,\"settings\":{\"enable_video\":true,\"mute_on_join\":true}}"),
            Map.entry("UpdateMeeting", "{\"title\":\"Weekly, moved\"}"),
            Map.entry("AddGuest", "{\"display_name\":\"Grace\"}"),
            Map.entry("JoinMeeting", "{\"display_name\":\"Ada\"}"),
            Map.entry("Mute", "{\"source\":\"microphone\"}"),
            Map.entry("UnmuteRequest", "{\"source\":\"microphone\"}"),
            Map.entry("Invite", "{\"emails\":[\"grace@example.org\"]}"),
            Map.entry("AskPoll", "{\"question\":\"Lunch?\",\"options\":[\"Now\",\"Later\"]}"),
            Map.entry("Vote", "{\"choices\":[0]}"),
            Map.entry("OpenBreakouts", "{\"rooms\":[{\"name\":\"One\",\"people\":[\"u_2\"]}]}"),
            Map.entry("AssignBreakouts", "{\"assignments\":[{\"who\":\"u_2\",\"room\":\"b_1\"}]}"),
            Map.entry("Announce", "{\"text\":\"Five minutes left\"}"),
            Map.entry("GiveRole", "{\"role\":\"co-host\"}"),
            Map.entry("MuteAll", "{}"),
            Map.entry(
                    "ExchangeMedia",
                    "{\"media_token\":\"token\",\"sdp\":\"v=0\\r\\n\",\"tracks\":[{\"mid\":\"0\",\"source\":\"microphone\"}]}"),
            Map.entry("RestartMedia", "{\"sdp\":\"v=0\\r\\n\"}"),
            Map.entry("AdminChangeUser", "{\"role\":\"moderator\"}"),
            Map.entry("AdminChangeLimits", "{\"limits\":{\"name_sign_ins\":20}}"),
            Map.entry(
                    "ChooseNotificationPreferences",
                    "{\"kinds\":[{\"kind\":\"message\",\"channels\":[\"in_app\"]}],\"quiet_hours\":{\"from\":\"22:00\",\"until\":\"07:00\",\"time_zone\":\"Europe/Berlin\"},\"language\":\"en\"}"),
            Map.entry(
                    "Subscribe",
                    "{\"endpoint\":\"https://updates.push.services.mozilla.com/wpush/v2/abc\",\"keys\":{\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}"),
            Map.entry("BeginPhone", "{\"phone\":\"+4915112345678\"}"),
            Map.entry("ConfirmPhone", "{\"code\":\"123456\"}"),
            Map.entry("AdminBanUser", "{\"reason\":\"spam\"}"),
            Map.entry("AdminUnbanUser", "{}"),
            Map.entry("BeginConversation", "{\"kind\":\"direct\",\"user_id\":\"u_2\"}"),
            Map.entry("RenameConversation", "{\"title\":\"Lunch\"}"),
            Map.entry("SendMessage", "{\"client_msg_id\":\"k_1\",\"text\":\"hello\"}"),
            Map.entry("EditMessage", "{\"text\":\"hello again\"}"),
            Map.entry("React", "{\"emoji\":\"\uD83D\uDC4D\"}"),
            Map.entry("MarkRead", "{\"seq\":7}"),
            Map.entry("AddMembers", "{\"user_ids\":[\"u_2\"]}"),
            Map.entry(
                    "BeginFile",
                    "{\"name\":\"hello.txt\",\"size\":5,\"type\":\"text/plain\","
                            + "\"sha256\":\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\","
                            + "\"chunks\":[\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"]}"),
            Map.entry("AddressParts", "{\"parts\":[1]}"),
            Map.entry("ShareFile", "{\"conversation_id\":\"c_1\"}"),
            Map.entry("PushFile", "{\"targets\":{\"users\":[\"u_2\"]},\"client_push_id\":\"k_1\"}"),
            Map.entry("ReportDelivery", "{\"state\":\"downloading\",\"bytes\":3}"),
            Map.entry("AddDevice", "{\"name\":\"Ada's laptop\",\"kind\":\"laptop\"}"),
            Map.entry("SignInDevice", "{\"device_id\":\"dv_1\",\"credential\":\"dk_c2VjcmV0\"}"),
            Map.entry("CreateTicket", "{}"));

    /** Messages by route key. */
    private static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry("join", "{\"type\":\"join\",\"id\":\"1\",\"room_id\":\"" + MEETING + "\"}"),
            Map.entry("leave", "{\"type\":\"leave\",\"id\":\"2\",\"room_id\":\"" + MEETING + "\"}"),
            Map.entry("chat", "{\"type\":\"chat\",\"id\":\"3\",\"room_id\":\"" + MEETING + "\",\"text\":\"hello\"}"),
            Map.entry("offer", "{\"type\":\"offer\",\"id\":\"4\",\"target\":\"u_2\",\"sdp\":\"v=0\\r\\n\"}"),
            Map.entry("answer", "{\"type\":\"answer\",\"id\":\"5\",\"target\":\"u_2\",\"sdp\":\"v=0\\r\\n\"}"),
            Map.entry(
                    "candidate",
                    "{\"type\":\"candidate\",\"id\":\"6\",\"target\":\"u_2\",\"candidate\":\"candidate:1\"}"),
            Map.entry("$default", "{\"type\":\"no-such-type\",\"id\":\"7\"}"),
            Map.entry(
                    "message",
                    "{\"type\":\"message\",\"id\":\"9\",\"conversation_id\":\"c_1\",\"client_msg_id\":\"k_1\",\"text\":\"hello\"}"),
            Map.entry("receipt", "{\"type\":\"receipt\",\"id\":\"10\",\"conversation_id\":\"c_1\",\"read\":7}"),
            Map.entry("typing", "{\"type\":\"typing\",\"conversation_id\":\"c_1\",\"on\":true}"),
            Map.entry("presence", "{\"type\":\"presence\",\"id\":\"11\",\"state\":\"online\",\"watch\":true}"),
            Map.entry("resume", "{\"type\":\"resume\",\"id\":\"12\",\"streams\":{\"c_1\":41}}"));

    /** Queries by the last part of the path. */
    private static final Map<String, String> QUERIES = Map.of(
            "meetings", "page=1&page_size=20",
            "lookup", "username=grace",
            "messages", "after_seq=40&limit=50",
            "changes", "after=41",
            "sync", "since=y_1",
            "search", "q=hello");

    private GoldenRequests() {}

    static String path(String template) {
        String path = template;
        for (Map.Entry<String, String> value : PATH_VALUES.entrySet()) {
            path = path.replace("{" + value.getKey() + "}", value.getValue());
        }
        return path;
    }

    static IncomingRequest rest(String method, String path, boolean hasBody) {
        var headers = new ArrayList<>(List.of(
                new IncomingRequest.Header("Accept", "application/json"),
                new IncomingRequest.Header("Authorization", "Bearer token"),
                new IncomingRequest.Header("Host", "meet.example.org"),
                new IncomingRequest.Header("Origin", "https://meet.example.org"),
                new IncomingRequest.Header("User-Agent", "Mozilla/5.0")));
        if (hasBody) {
            headers.add(new IncomingRequest.Header("Content-Type", "application/json"));
        }
        String query = method.equals("GET") ? QUERIES.getOrDefault(path.replaceFirst(".*/", ""), "") : "";
        return new IncomingRequest(method, path, query, headers, "203.0.113.7", "HTTP/1.1", "https");
    }

    static IncomingRequest handshake() {
        return new IncomingRequest(
                "GET",
                "/ws/signaling",
                "",
                List.of(
                        new IncomingRequest.Header("Host", "meet.example.org"),
                        new IncomingRequest.Header("Origin", "https://meet.example.org"),
                        new IncomingRequest.Header("Sec-WebSocket-Extensions", "permessage-deflate"),
                        new IncomingRequest.Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                        new IncomingRequest.Header("Sec-WebSocket-Protocol", "parley.v1, ticket.dGlja2V0"),
                        new IncomingRequest.Header("Sec-WebSocket-Version", "13"),
                        new IncomingRequest.Header("User-Agent", "Mozilla/5.0")),
                "203.0.113.7",
                "HTTP/1.1",
                "https");
    }

    static byte[] body(String eventName) {
        return BODIES.getOrDefault(eventName.replaceFirst("Alias$", ""), "").getBytes(StandardCharsets.UTF_8);
    }

    static String message(String routeKey) {
        return MESSAGES.getOrDefault(
                routeKey, "{\"type\":\"" + routeKey + "\",\"id\":\"8\",\"room_id\":\"" + MEETING + "\"}");
    }
}
