package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.ManualClock;
import io.colonnade.security.KeyedHash;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
    private static final byte[] CLIENT = {(byte) 198, 51, 100, 100};

    /** The examples of RFC 9018, appendices A.1 to A.3. */
    @ParameterizedTest
    @CsvSource({
        "e5e973e5a6b2a43f48e7dc849e37bfcf, 1559731985, 2464c4abcf10c957, 010000005cf79f111f8130c3eee29480, 198.51.100.100",
        "e5e973e5a6b2a43f48e7dc849e37bfcf, 1559734385, 2464c4abcf10c957, 010000005cf7a871d4a564a1442aca77, 198.51.100.100"
    })
    void areThoseOfTheStandard(String secret, long seconds, String client, String server, String address) {
        var cookies = cookies(secret, seconds);
        var out = new byte[Cookies.OPTION];
        assertThat(cookies.write(out, 0, hex(client), CLIENT)).isEqualTo(out.length);
        assertThat(HexFormat.of().formatHex(out)).isEqualTo("000a0018" + client + server);
        assertThat(cookies.isValid(hex(client + server), CLIENT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"3600, true", "3601, false", "-300, true", "-301, false"})
    void areTakenForAnHour(int age, boolean valid) {
        var secret = "e5e973e5a6b2a43f48e7dc849e37bfcf";
        var cookie = hex("2464c4abcf10c957" + "010000005cf79f111f8130c3eee29480");
        assertThat(cookies(secret, 1559731985 + age).isValid(cookie, CLIENT)).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "2464c4abcf10c957",
        "2464c4abcf10c958010000005cf79f111f8130c3eee29480",
        "2464c4abcf10c957020000005cf79f111f8130c3eee29480",
        "2464c4abcf10c957010000005cf79f121f8130c3eee29480",
        "2464c4abcf10c957010000005cf79f111f8130c3eee29481",
        "2464c4abcf10c957010000005cf79f111f8130c3eee2948000"
    })
    void othersAreNot(String cookie) {
        assertThat(cookies("e5e973e5a6b2a43f48e7dc849e37bfcf", 1559731985).isValid(hex(cookie), CLIENT))
                .isFalse();
    }

    private static Cookies cookies(String secret, long seconds) {
        var clock = new ManualClock();
        clock.advance(Duration.ofSeconds(seconds));
        return new Cookies(new KeyedHash(hex(secret)), clock);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
