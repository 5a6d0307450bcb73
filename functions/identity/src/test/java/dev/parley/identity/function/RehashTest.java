package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.local.stores.Stores;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A verifier of other parameters than today's is made anew at the next login, and nobody notices. */
@Tag("component")
class RehashTest {
    private static final String TODAYS = "$argon2id$v=19$m=19456,t=2,p=1$";

    private static Stores stores;

    private final Somebody ada = new Somebody(stores);

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    private static Connection database() throws SQLException {
        return DriverManager.getConnection(
                stores.values().get("DATABASE_URL").replace("jdbc:aws-wrapper:", "jdbc:"),
                stores.values().get("DATABASE_USER"),
                stores.values().get("DATABASE_PASSWORD"));
    }

    private String verifier() throws SQLException {
        try (Connection connection = database();
                PreparedStatement select =
                        connection.prepareStatement("SELECT password_hash FROM users WHERE id = ?")) {
            select.setString(1, ada.id);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        }
    }

    /** As an installation with cheaper parameters would have stored it. */
    private void makeOld() throws SQLException {
        byte[] salt = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
        byte[] tag = new byte[32];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(256)
                .withIterations(1)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        generator.generateBytes(Somebody.PASSWORD.getBytes(StandardCharsets.UTF_8), tag);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        try (Connection connection = database();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE users SET password_hash = ? WHERE id = ?")) {
            update.setString(
                    1,
                    "$argon2id$v=19$m=256,t=1,p=1$" + base64.encodeToString(salt) + "$" + base64.encodeToString(tag));
            update.setString(2, ada.id);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    @Test
    void anOldVerifierIsMadeAnewByTheRightPasswordAlone() throws Exception {
        assertThat(verifier()).startsWith(TODAYS);
        makeOld();
        String old = verifier();

        assertThat(ada.login(ada.client, "Wrong-horse-7").status()).isEqualTo(401);
        assertThat(verifier()).isEqualTo(old);
        assertThat(ada.login(ada.client, Somebody.PASSWORD).status()).isEqualTo(200);

        String made = verifier();
        assertThat(made).startsWith(TODAYS);
        assertThat(ada.login(ada.client, Somebody.PASSWORD).status()).isEqualTo(200);
        assertThat(verifier()).isEqualTo(made);
    }

    @Test
    void ofManyLoginsAtOnceNoneIsRefusedForIt() throws Exception {
        makeOld();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Reply> login = () -> ada.login(ada.client, Somebody.PASSWORD);
            for (Future<Reply> one : threads.invokeAll(Collections.nCopies(4, login))) {
                statuses.add(one.get().status());
            }
        }

        assertThat(statuses).containsOnly(200);
        assertThat(verifier()).startsWith(TODAYS);
    }
}
