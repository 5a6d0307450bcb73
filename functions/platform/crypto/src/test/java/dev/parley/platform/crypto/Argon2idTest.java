package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.crypto.Argon2id.Cost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2idTest {
    /** Of the reference implementation's own tests, version 1.3. */
    @ParameterizedTest
    @CsvSource({
        "2, 65536, 1, password, somesalt, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        "2, 256, 1, password, somesalt, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        "2, 256, 2, password, somesalt, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
        "2, 65536, 1, differentpassword, somesalt, 0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
        "2, 65536, 1, password, diffsalt, bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c"
    })
    void bothImplementationsAreTheReference(
            int passes, int memoryKib, int lanes, String password, String salt, String tag) {
        Cost cost = new Cost(memoryKib, passes, lanes);

        assertThat(hex(Argon2id.fastest().tag(bytes(password), bytes(salt), cost, 32)))
                .isEqualTo(tag);
        assertThat(hex(Argon2id.bouncyCastle(bytes(password), bytes(salt), cost, 32)))
                .isEqualTo(tag);
    }

    @Test
    void bothReckonTheSameWhateverTheyAreGiven() throws IOException {
        Libargon2 reference = Libargon2.load();
        Random random = new Random(9106);
        for (int round = 0; round < 200; round++) {
            int lanes = 1 + random.nextInt(4);
            Cost cost = new Cost(8 * lanes + random.nextInt(100), 1 + random.nextInt(3), lanes);
            byte[] password = random(random, random.nextInt(200));
            byte[] salt = random(random, 8 + random.nextInt(40));
            int tagBytes = 16 + random.nextInt(48);

            assertThat(reference.tag(password, salt, cost, tagBytes))
                    .as("%s, password of %s bytes, salt of %s", cost, password.length, salt.length)
                    .isEqualTo(Argon2id.bouncyCastle(password, salt, cost, tagBytes));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS})
    void aCommonMachineHasTheFastOne() {
        assertThat(Argon2id.slowBecause()).isEmpty();
        assertThat(Argon2id.fastest()).isInstanceOf(Libargon2.class);
    }

    @Test
    void severalReckonAtOnce() {
        Cost cost = new Cost(256, 2, 1);
        String tag = "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe";

        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(turn -> hex(Argon2id.fastest().tag(bytes("password"), bytes("somesalt"), cost, 32))))
                .containsOnly(tag);
    }

    @Test
    void whatTheLibraryRefusesIsAnError() throws IOException {
        Libargon2 reference = Libargon2.load();

        assertThatThrownBy(() -> reference.tag(bytes("password"), bytes("short"), new Cost(8, 1, 1), 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("libargon2 refused");
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
