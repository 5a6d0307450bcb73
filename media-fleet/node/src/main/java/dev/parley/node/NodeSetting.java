package dev.parley.node;

/** The node's own settings: their keys and defaults. {@code node-sample.properties} says what each does; a test keeps the two equal. */
public enum NodeSetting {
    NODE_ID("node-1"),
    NODE_REGION("local"),
    NODE_CONTROL_HOST("127.0.0.1"),
    NODE_CONTROL_PORT("9100"),
    NODE_CONTROL_URL(""),
    NODE_METRICS_HOST("127.0.0.1"),
    NODE_METRICS_PORT("9200"),
    NODE_MEDIA_BIND("auto"),
    NODE_MEDIA_HOST("auto"),
    NODE_MEDIA_PORT("10000"),
    NODE_UDP_ENGINE("auto"),
    NODE_DSCP("34"),
    NODE_AGENTS("0"),
    NODE_SRTP("auto"),
    NODE_MAX_PARTICIPANTS("500"),
    NODE_MAX_SLOTS("64"),
    NODE_ROOM_AGENT_PARTICIPANTS("250"),
    NODE_OVERLOAD("on"),
    NODE_GUARD_AT("70"),
    NODE_FULL_AT("85"),
    NODE_OVERLOAD_GAP("10"),
    NODE_AGENT_PACKETS("200000"),
    NODE_CONNECT_TIMEOUT("PT15S"),
    NODE_CONSENT_TIMEOUT("PT30S"),
    NODE_SEAT_GRACE("45"),
    NODE_LEASE("on"),
    NODE_QUALITY_DAYS("30");

    private final String fallback;

    NodeSetting(String fallback) {
        this.fallback = fallback;
    }

    /** What is used when the key is absent or blank. */
    public String fallback() {
        return fallback;
    }
}
