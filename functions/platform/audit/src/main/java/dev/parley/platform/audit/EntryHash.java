package dev.parley.platform.audit;

import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over one encoding of an entry: the word {@code parley-audit-1}; the number, 8 bytes; the time in microseconds of the epoch, 8
 * bytes; then id, actor's id and role, address, request, act, subject, outcome; before and after, each the count of its values and then
 * name and value in the order of the names; and the 32 bytes of the previous hash. Numbers are big-endian, a text is its length in bytes
 * (4 bytes) and UTF-8: no two entries have one encoding.
 */
final class EntryHash {
    private static final String VERSION = "parley-audit-1";

    private EntryHash() {}

    /** @param previous lower-case hex */
    static byte[] of(long seq, AuditAct act, String previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, VERSION);
            out.writeLong(seq);
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, act.at()));
            text(out, act.id());
            text(out, act.actor().id());
            text(out, act.actor().role());
            text(out, act.actor().sourceIp());
            text(out, act.actor().requestId());
            text(out, act.act());
            text(out, act.subject());
            text(out, act.outcome());
            texts(out, act.before());
            texts(out, act.after());
            out.write(AuditEntry.bytes(previous));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
        return Sha256.of(bytes.toByteArray());
    }

    private static void texts(DataOutputStream out, Map<String, String> values) throws IOException {
        out.writeInt(values.size());
        for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
            text(out, value.getKey());
            text(out, value.getValue());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
