package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "abcdefghijklmnopqrstu", "a b", "ada@x", "ädä", "a-b"})
    void aUsernameIsThreeToTwentyPlainCharacters(String username) {
        assertThat(AccountRules.username("Ada_1815")).isEqualTo("Ada_1815");
        assertThatThrownBy(() -> AccountRules.username(username)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> AccountRules.username(null)).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@localhost",
                "a b@example.org",
                "ada@-x.org",
                "ada@example..org"
            })
    void anAddressHasANameAndADomain(String email) {
        assertThat(AccountRules.email("Ada.L+x@Mail.Example.ORG")).isEqualTo("ada.l+x@mail.example.org");
        assertThatThrownBy(() -> AccountRules.email(email)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> AccountRules.email("a".repeat(64) + "@" + "b.".repeat(120) + "org"))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void aNicknameIsAnyShortText() {
        assertThat(AccountRules.nickname(null, "ada")).isEqualTo("ada");
        assertThat(AccountRules.nickname("  ", "ada")).isEqualTo("ada");
        assertThat(AccountRules.nickname(" 爱达 😀 ", "ada")).isEqualTo("爱达 😀");
        assertThat(AccountRules.nickname("😀".repeat(50), "ada")).hasSize(100);
        assertThatThrownBy(() -> AccountRules.nickname("😀".repeat(51), "ada")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> AccountRules.nickname("a\u0000b", "ada")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> AccountRules.nickname("half \uD800", "ada")).isInstanceOf(ApiException.class);
    }

    @Test
    void aPictureIsHereOrBehindHttps() {
        assertThat(AccountRules.avatar("/files/a.png")).isEqualTo("/files/a.png");
        assertThat(AccountRules.avatar("https://cdn.example.org/a.png")).startsWith("https://");
        assertThat(AccountRules.avatar("")).isEmpty();
        for (String bad : List.of(
                "javascript:alert(1)",
                "//evil.example/x",
                "http://x/y",
                "data:image/png;base64,AA",
                "a.png",
                "https:///x",
                "/a b")) {
            assertThatThrownBy(() -> AccountRules.avatar(bad)).as(bad).isInstanceOf(ApiException.class);
        }
    }

    @Test
    void aTelephoneNumberIsDigitsAndSigns() {
        assertThat(AccountRules.phone("+44 (20) 7946-0000")).isEqualTo("+44 (20) 7946-0000");
        assertThat(AccountRules.phone(null)).isEmpty();
        assertThatThrownBy(() -> AccountRules.phone("call me")).isInstanceOf(ApiException.class);
    }
}
