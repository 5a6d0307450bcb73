package dev.parley.bench.janus;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What one participant's connection can ask of the VideoRoom. */
final class VideoRoomHandle {
    private static final int CONNECT_SECONDS = 20;
    private static final int MOST_PUBLISHERS = 1000;

    /** A publisher's stream, as {@code join} and {@code switch} name it. */
    record Feed(long publisher, String mid) {}

    private final JanusSession session;
    private final long id;
    private final CountDownLatch connected = new CountDownLatch(1);

    VideoRoomHandle(JanusSession session, long id) {
        this.session = session;
        this.id = id;
    }

    /** Makes a room for Opus and VP8, with congestion control and audio levels, without recording and without events of its own. */
    void createRoom(long room) throws IOException, InterruptedException {
        session.message(
                id,
                Map.ofEntries(
                        Map.entry("request", "create"),
                        Map.entry("room", room),
                        Map.entry("publishers", MOST_PUBLISHERS),
                        Map.entry("bitrate", 0),
                        Map.entry("fir_freq", 0),
                        Map.entry("audiocodec", "opus"),
                        Map.entry("videocodec", "vp8"),
                        Map.entry("opus_fec", false),
                        Map.entry("audiolevel_ext", true),
                        Map.entry("audiolevel_event", false),
                        Map.entry("videoorient_ext", false),
                        Map.entry("playoutdelay_ext", false),
                        Map.entry("transport_wide_cc_ext", true),
                        Map.entry("notify_joining", false),
                        Map.entry("record", false)),
                Map.of());
    }

    /**
     * Joins as one who sends.
     *
     * @param offer its layers, if it has several, named from low to high
     * @return the answer
     */
    String publish(long room, long publisher, String offer) throws IOException, InterruptedException {
        Map<String, Object> join = Map.of("request", "join", "ptype", "publisher", "room", room, "id", publisher);
        session.message(id, join, Map.of());
        return sdp(session.message(
                id, Map.of("request", "configure"), Map.of("type", "offer", "sdp", offer, "rid_order", "lmh")));
    }

    /**
     * Joins as one who receives these streams over one connection.
     *
     * @param highest the layer of each stream that it wants: 0 low to 2 high, negative for a stream without layers
     * @return the offer
     */
    String subscribe(long room, List<Feed> feeds, List<Integer> highest) throws IOException, InterruptedException {
        List<Map<String, Object>> streams = new java.util.ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            Map<String, Object> stream = new HashMap<>(
                    Map.of("feed", feeds.get(i).publisher(), "mid", feeds.get(i).mid(), "crossrefid", "s" + i));
            if (highest.get(i) >= 0) {
                stream.put("substream", highest.get(i));
            }
            streams.add(stream);
        }
        return sdp(session.message(
                id, Map.of("request", "join", "ptype", "subscriber", "room", room, "streams", streams), Map.of()));
    }

    /** Answers a subscription's offer. */
    void start(long room, String answer) throws IOException, InterruptedException {
        session.message(id, Map.of("request", "start", "room", room), Map.of("type", "answer", "sdp", answer));
    }

    /** Sends another publisher's stream in this section from now on. */
    void switchTo(String subscriberMid, Feed feed) throws IOException, InterruptedException {
        Map<String, Object> stream = Map.of("feed", feed.publisher(), "mid", feed.mid(), "sub_mid", subscriberMid);
        session.message(id, Map.of("request", "switch", "streams", List.of(stream)), Map.of());
    }

    /** Sends another layer in this section from now on. */
    void layer(String subscriberMid, int substream) throws IOException, InterruptedException {
        Map<String, Object> stream = Map.of("mid", subscriberMid, "substream", substream);
        session.message(id, Map.of("request", "configure", "streams", List.of(stream)), Map.of());
    }

    /** Leaves. */
    void detach() throws IOException, InterruptedException {
        session.detach(id);
    }

    /** Janus says that the handshake is done. */
    void connected() {
        connected.countDown();
    }

    /** Waits until the connection stands: only then others can subscribe to a publisher. */
    void awaitConnected() throws IOException, InterruptedException {
        if (!connected.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("Janus did not see the connection come up");
        }
    }

    private static String sdp(JsonNode message) throws IOException {
        JsonNode sdp = message.path("jsep").path("sdp");
        if (!sdp.isString()) {
            throw new IOException("Janus answered without a description: " + message);
        }
        return sdp.stringValue();
    }
}
