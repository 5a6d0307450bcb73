package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"Correct-horse-7", "xK9#mmmm", "пароль-Ёж-77", "Zz9 zz zz", "12345-Xbq"})
    void aMixedPasswordIsGoodEnough(String password) {
        assertThat(PasswordRules.check("password", password, "ada")).isEqualTo(password);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Short-7",
                "alllowercase",
                "lowercase77",
                "UPPERCASE77",
                "Password1!",
                "P@ssw0rd",
                "Qwerty-123",
                "!!Welcome99",
                "Adalove_1815"
            })
    void aShortPlainOrCommonOneIsNot(String password) {
        assertThatThrownBy(() -> PasswordRules.check("new_password", password, "adalove"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.details()).containsEntry("field", "new_password"));
    }

    @Test
    void lengthIsCountedInCharacters() {
        String longest = "Aa1" + "😀".repeat(125);
        assertThat(PasswordRules.check("password", longest, "ada")).isEqualTo(longest);
        assertThatThrownBy(() -> PasswordRules.check("password", longest + "x", "ada"))
                .isInstanceOf(ApiException.class);
    }
}
