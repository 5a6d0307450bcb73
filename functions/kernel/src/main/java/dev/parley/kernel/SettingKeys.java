package dev.parley.kernel;

/** The names of the settings, as they stand in {@code template.yaml}. */
public final class SettingKeys {
    /** The deployment: {@code local}, {@code test}, {@code production}. */
    public static final String STAGE = "STAGE";
    /** {@code jdbc:aws-wrapper:postgresql://host:port/database}. */
    public static final String DATABASE_URL = "DATABASE_URL";

    public static final String DATABASE_USER = "DATABASE_USER";
    public static final String DATABASE_PASSWORD = "DATABASE_PASSWORD";
    /** Plugins of the AWS JDBC wrapper, comma separated; empty locally, {@code iam} behind a proxy. */
    public static final String DATABASE_WRAPPER_PLUGINS = "DATABASE_WRAPPER_PLUGINS";
    /** Connections kept at most; default 1, which is right for a function that serves one request at a time. */
    public static final String DATABASE_POOL_SIZE = "DATABASE_POOL_SIZE";
    /** Longest wait for a connection, ISO-8601; default PT5S. */
    public static final String DATABASE_CONNECT_TIMEOUT = "DATABASE_CONNECT_TIMEOUT";

    public static final String AWS_REGION = "AWS_REGION";
    /** Static credentials, for local stores only; without them the default provider chain decides. */
    public static final String AWS_ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";

    public static final String AWS_SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
    /** Present with temporary credentials only. */
    public static final String AWS_SESSION_TOKEN = "AWS_SESSION_TOKEN";
    /** Where DynamoDB is, when it is not AWS. */
    public static final String DYNAMODB_ENDPOINT = "DYNAMODB_ENDPOINT";
    /** Where SQS is, when it is not AWS. */
    public static final String SQS_ENDPOINT = "SQS_ENDPOINT";
    /** Put before every table's name; default none. */
    public static final String TABLE_PREFIX = "TABLE_PREFIX";
    /** Where S3 is, when it is not AWS. */
    public static final String S3_ENDPOINT = "S3_ENDPOINT";
    /** Where objects that browsers read are kept, {@code file:///…/objects/} or {@code s3://bucket/}. */
    public static final String OBJECTS_URI = "OBJECTS_URI";
    /** Where large files are kept, {@code s3://bucket/} or {@code s3://bucket/folder/}. */
    public static final String FILES_URI = "FILES_URI";
    /** Where the S3 of large files is, when it is not AWS: as functions reach it. */
    public static final String FILES_ENDPOINT = "FILES_ENDPOINT";
    /** The same, as browsers reach it; default {@link #FILES_ENDPOINT}. */
    public static final String FILES_PUBLIC_ENDPOINT = "FILES_PUBLIC_ENDPOINT";
    /** Static credentials of the S3 of large files, when it is not AWS; without them those of AWS. */
    public static final String FILES_ACCESS_KEY = "FILES_ACCESS_KEY";

    public static final String FILES_SECRET_KEY = "FILES_SECRET_KEY";
    /** Folder of the key sets, {@code file:///…/keys/} or {@code s3://bucket/keys/}. */
    public static final String KEYS_URI = "KEYS_URI";
    /** The WebSocket's address as a browser must use it. */
    public static final String WS_URL = "WS_URL";
    /** Where the @connections API of the WebSocket is. */
    public static final String CONNECTIONS_ENDPOINT = "CONNECTIONS_ENDPOINT";
    /** JSON array of ICE servers; default {@code []}. */
    public static final String ICE_SERVERS = "ICE_SERVERS";
    /** The address people open; cookies are marked Secure unless it is plain http on this host. */
    public static final String PUBLIC_URL = "PUBLIC_URL";
    /** Origins whose pages may use cookies, comma separated; default the origin of {@link #PUBLIC_URL}. */
    public static final String WEB_ORIGIN = "WEB_ORIGIN";
    /** Who mail comes from, {@code Parley <no-reply@example.org>}. */
    public static final String MAIL_FROM = "MAIL_FROM";
    /** A folder, {@code file:///…/mail/}, that takes mail in place of sending it; empty where mail is sent. */
    public static final String MAIL_FOLDER = "MAIL_FOLDER";
    /** How long nobody was in before a meeting ends by itself, ISO-8601; default PT10M. */
    public static final String MEETING_EMPTY_AFTER = "MEETING_EMPTY_AFTER";
    /** How long a host has been away before somebody else is the host, ISO-8601; default PT2M. */
    public static final String MEETING_HOST_AWAY = "MEETING_HOST_AWAY";
    /** URL of the queue of what many are told on their sockets. */
    public static final String MESSAGING_QUEUE = "MESSAGING_QUEUE";
    /** URL of the queue of webhooks' deliveries. */
    public static final String WEBHOOK_QUEUE = "WEBHOOK_QUEUE";
    /** URL of the queue of what people are told elsewhere than in the app. */
    public static final String NOTIFICATION_QUEUE = "NOTIFICATION_QUEUE";
    /** Hosts of the services that push to browsers, comma separated, {@code *.} for whatever is before; those of the usual browsers by default. */
    public static final String PUSH_SERVICES = "PUSH_SERVICES";
    /** {@code public}, or {@code loopback} where webhooks may also call this machine, over http as well; default {@code public}. */
    public static final String WEBHOOK_ADDRESSES = "WEBHOOK_ADDRESSES";
    /** {@code on} or {@code off}; off is for load tests only. */
    public static final String RATE_LIMITS = "RATE_LIMITS";

    private SettingKeys() {}
}
