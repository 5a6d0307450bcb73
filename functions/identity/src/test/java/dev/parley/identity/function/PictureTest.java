package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.local.stores.Stores;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A picture on its way from the gateway's event to the store of objects. */
@Tag("component")
class PictureTest {
    private static Stores stores;

    private final Somebody ada = new Somebody(stores);
    private final ApiClient caller = Somebody.as(ada.client, ada.signedIn(ada.client));

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    private static byte[] png() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path file(String address) {
        return Path.of(URI.create(stores.values().get("OBJECTS_URI"))).resolve(address.substring(1));
    }

    private Reply upload(byte[] bytes) {
        return caller.with("Content-Type", "image/png").upload("/api/v1/upload-avatar", bytes);
    }

    @Test
    void aPictureIsKeptAsASquareAndReplacesTheOneBefore() throws IOException {
        Reply first = upload(png());

        assertThat(first.status()).isEqualTo(200);
        String address = first.data().path("avatar").asString();
        assertThat(address).matches("/avatars/" + ada.id + "/a_[0-9a-z]{26}\\.jpg");
        assertThat(ImageIO.read(file(address).toFile()).getWidth()).isEqualTo(256);
        assertThat(caller.get("/api/v1/profile").data().path("avatar").asString())
                .isEqualTo(address);

        String next = caller.with("Content-Type", "image/webp")
                .upload("/api/v1/users/upload-avatar", png())
                .data()
                .path("avatar")
                .asString();

        assertThat(next).isNotEqualTo(address);
        assertThat(file(next)).exists();
        assertThat(file(address)).doesNotExist();
    }

    @Test
    void aPictureThatIsTakenOffIsGone() {
        String address = upload(png()).data().path("avatar").asString();

        Reply changed = caller.put("/api/v1/profile", Map.of("avatar", ""));

        assertThat(changed.data().path("avatar").asString()).isEmpty();
        assertThat(file(address)).doesNotExist();
    }

    @Test
    void nobodyRemovesWhatIsSomebodyElses() {
        String hers = upload(png()).data().path("avatar").asString();
        Somebody mallory = new Somebody(stores);
        ApiClient other = Somebody.as(mallory.client, mallory.signedIn(mallory.client));

        for (String claimed : new String[] {hers, "/avatars/" + mallory.id + "/../" + hers.substring(9)}) {
            other.put("/api/v1/profile", Map.of("avatar", claimed));
            other.put("/api/v1/profile", Map.of("avatar", ""));
        }

        assertThat(file(hers)).exists();
    }

    @Test
    void whatIsNoPictureOrTooLargeIsRefusedAndChangesNothing() {
        String kept = upload(png()).data().path("avatar").asString();

        Reply text = upload("<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8));
        Reply large = upload(new byte[2 * 1024 * 1024 + 1]);
        Reply empty = upload(new byte[0]);

        assertThat(text.status()).isEqualTo(415);
        assertThat(text.error()).isEqualTo("avatar.type");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.error()).isEqualTo("request.too_large");
        assertThat(empty.error()).isEqualTo("avatar.type");
        assertThat(caller.get("/api/v1/profile").data().path("avatar").asString())
                .isEqualTo(kept);
        assertThat(file(kept)).exists();
    }

    @Test
    void picturesAreFewAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(upload(png()).status()).isEqualTo(200);
        }

        Reply refused = upload(png());

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
    }

    @Test
    void aStoreOfObjectsThatIsAwayIsAnAnswer() throws IOException {
        Path inTheWay = Files.createTempFile("parley", ".objects");
        ApiClient broken = ada.function(Map.of("OBJECTS_URI", inTheWay.toUri().toString()), outbox -> outbox);

        Reply refused = broken.bearer(ada.signedIn(ada.client).path("token").asString())
                .with("Content-Type", "image/png")
                .upload("/api/v1/upload-avatar", png());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("store.unavailable");
        assertThat(caller.get("/api/v1/profile").data().path("avatar").asString())
                .isEmpty();
        Files.delete(inTheWay);
    }
}
