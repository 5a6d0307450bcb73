package dev.parley.notifications.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notifications.TextException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people are told on their telephones, and how a telephone becomes theirs. */
@Tag("component")
class PhonesTest extends FunctionHarness {
    private static final String PHONE = "/notifications/phone";
    private static final String NUMBER = "+4915112345678";
    private static final String BY_TEXT =
            "{'kinds':[{'kind':'message','channels':['in_app','sms']},{'kind':'mention','channels':['in_app','sms']}]%s}";

    private JsonNode begin(String user, String number) {
        return rest(user, "POST", PHONE, "{'phone':'" + number + "'}");
    }

    private String confirm(String user, String code) {
        JsonNode reply = rest(user, "POST", PHONE + "/confirm", "{'code':'" + code + "'}");
        return reply.path("code").asInt() + " " + reply.path("error").asString("");
    }

    private String lastCode() {
        Matcher code = Pattern.compile(" ([0-9]{6}) ").matcher(texts.sent.getLast());
        assertThat(code.find()).as(texts.sent.getLast()).isTrue();
        return code.group(1);
    }

    private static String another(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    private void telephone(String user) {
        assertThat(begin(user, NUMBER).path("code").asInt()).isEqualTo(202);
        assertThat(confirm(user, lastCode())).startsWith("200");
        texts.sent.clear();
    }

    private void choose(String user, String more) {
        assertThat(rest(user, "PUT", "/notifications/preferences", BY_TEXT.formatted(more))
                        .path("code")
                        .asInt())
                .isEqualTo(200);
    }

    private JsonNode log(String user) {
        return rest(user, "GET", "/notifications/deliveries", null)
                .path("data")
                .path("list")
                .path(0);
    }

    @Test
    void aNumberIsTheirsWhoTypeTheCodeThatCameThere() {
        JsonNode begun = begin("u_ada", "+49 (1511) 234-5678");
        assertThat(begun.path("data").path("pending").asString()).isEqualTo(NUMBER);
        assertThat(begun.path("data").has("phone")).isFalse();
        assertThat(texts.sent).hasSize(1);
        String code = lastCode();
        assertThat(confirm("u_ada", another(code))).isEqualTo("400 notification.code");
        assertThat(confirm("u_lin", code)).isEqualTo("400 notification.code");

        assertThat(confirm("u_ada", code.substring(0, 3) + " " + code.substring(3)))
                .startsWith("200");

        assertThat(confirm("u_ada", code)).as("once").isEqualTo("400 notification.code");
        assertThat(rest("u_ada", "GET", PHONE, null).path("data").path("phone").asString())
                .isEqualTo(NUMBER);
        assertThat(rest("u_ada", "DELETE", PHONE, null).path("code").asInt()).isEqualTo(200);
        assertThat(rest("u_ada", "GET", PHONE, null).path("data").has("phone")).isFalse();
    }

    @Test
    void aCodeIsGuessedFiveTimesAndNoMoreAndEnds() {
        begin("u_ada", NUMBER);
        String code = lastCode();
        for (int i = 0; i < 5; i++) {
            assertThat(confirm("u_ada", another(code))).isEqualTo("400 notification.code");
        }
        assertThat(confirm("u_ada", code)).isEqualTo("400 notification.code");

        begin("u_ada", NUMBER);
        String second = lastCode();
        clock.advance(Duration.ofMinutes(11));
        assertThat(confirm("u_ada", second)).isEqualTo("400 notification.code");
        assertThat(rest("u_ada", "GET", PHONE, null).path("data").has("pending"))
                .isFalse();
    }

    @Test
    void codesAreNotSentAsOftenAsOneLikes() {
        for (int i = 0; i < 3; i++) {
            assertThat(begin("u_ada", NUMBER).path("code").asInt()).isEqualTo(202);
        }
        assertThat(begin("u_ada", "+4915112345679").path("error").asString()).isEqualTo("rate.limited");
        assertThat(begin("u_lin", NUMBER).path("error").asString())
                .as("whoever asks")
                .isEqualTo("rate.limited");
        assertThat(texts.sent).hasSize(3);
    }

    @Test
    void whatIsNoNumberIsRefusedAndWhatIsNotTakenLeavesNothing() {
        for (String bad : List.of("", "4915112345678", "+0123456789", "+49", "+491511234567890123", "call me")) {
            assertThat(begin("u_ada", bad).path("error").asString()).as(bad).isEqualTo("request.invalid");
        }
        texts.failure = Optional.of(new TextException("No text today", false));
        assertThat(begin("u_ada", NUMBER).path("error").asString()).isEqualTo("notification.text");
        assertThat(rest("u_ada", "GET", PHONE, null).path("data").has("pending"))
                .isFalse();
    }

    @Test
    void whatIsUnreadAfterAMomentIsOneMessage() {
        telephone("u_ada");
        choose("u_ada", "");
        said(DIRECT, 1, "u_grace");
        said(GROUP, 1, "u_lin", "u_ada");
        deliver();
        assertThat(texts.sent).isEmpty();

        clock.advance(Duration.ofMinutes(3));
        showAgain();
        deliver();

        assertThat(texts.sent)
                .containsExactly(NUMBER + " Grace sent you a message (+1)\nhttps://meet.example.org/notifications");
        assertThat(log("u_ada").path("channel").asString()).isEqualTo("sms");
        assertThat(log("u_ada").path("state").asString()).isEqualTo("delivered");
    }

    @Test
    void whoNeverAskedForItGetsNone() {
        telephone("u_ada");
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofMinutes(3));
        deliver();
        assertThat(texts.sent).isEmpty();
    }

    @Test
    void inQuietHoursItIsMailAfterwards() {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2027-01-10T21:00:00Z")));
        telephone("u_ada");
        choose("u_ada", ",'quiet_hours':{'from':'22:00','until':'07:00','time_zone':'UTC'}");
        clock.advance(Duration.ofHours(2));
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofHours(9));
        deliver();

        assertThat(texts.sent).isEmpty();
        assertThat(posted("u_ada")).containsExactly(List.of("Grace sent you a message"));
    }

    @Test
    void whatIsNotTakenIsTriedAgainUnlessItNeverWillBe() {
        telephone("u_ada");
        choose("u_ada", "");
        texts.failure = Optional.of(new TextException("Too busy", false));
        said(DIRECT, 1, "u_grace");
        clock.advance(Duration.ofMinutes(3));
        deliver();
        assertThat(log("u_ada").path("state").asString()).isEqualTo("pending");
        clock.advance(Duration.ofMinutes(1));
        showAgain();
        texts.failure = Optional.of(new TextException("No such number", true));
        deliver();
        assertThat(log("u_ada").path("state").asString()).isEqualTo("failed");
        assertThat(log("u_ada").path("error").asString()).isEqualTo("text");
        assertThat(log("u_ada").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void anAccountThatIsGoneHasNoTelephone() {
        telephone("u_ada");
        happens("account.deleted", "u_ada", Map.of("user_id", "u_ada"));
        assertThat(rest("u_ada", "GET", PHONE, null).path("data").has("phone")).isFalse();
    }
}
