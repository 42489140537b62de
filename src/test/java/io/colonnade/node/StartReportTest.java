package io.colonnade.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.config.SiteConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartReportTest {
    @ParameterizedTest
    @CsvSource({
        "'', http://www.foobar.localhost:80/",
        "127.0.0.2, http://www.foobar.localhost:80/",
        "::1, http://www.foobar.localhost:80/",
        "10.0.0.1, http://10.0.0.1:80/",
        "fd00::1, http://[fd00::1]:80/",
        "10.0.0.2, http://www.foobar.com:80/"
    })
    void namesAHostThatLeadsToWhereThePortListens(String publicBind, String url) {
        var site = SiteConfig.BUNDLED.alsoAt(List.of("10.0.0.1", "[fd00::1]"));
        assertThat(StartReport.urls(List.of(site), publicBind, 80)).containsExactly(url);
    }
}
