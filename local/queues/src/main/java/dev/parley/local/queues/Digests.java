package dev.parley.local.queues;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hashes by which clients check what a queue has taken. */
final class Digests {
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private Digests() {}

    static String md5(String text) {
        return HexFormat.of().formatHex(digest("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of message attributes: names, types and values in the order of the names, each with its length before it. */
    static String md5(ObjectNode attributes) {
        MessageDigest digest = digest("MD5");
        var sorted = new TreeMap<String, JsonNode>();
        attributes.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        sorted.forEach((name, value) -> {
            part(digest, name.getBytes(StandardCharsets.UTF_8));
            part(digest, value.path("DataType").asString("").getBytes(StandardCharsets.UTF_8));
            if (value.path("BinaryValue").isString()) {
                digest.update(BINARY);
                part(
                        digest,
                        Base64.getDecoder().decode(value.path("BinaryValue").asString()));
            } else {
                digest.update(TEXT);
                part(digest, value.path("StringValue").asString("").getBytes(StandardCharsets.UTF_8));
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void part(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
