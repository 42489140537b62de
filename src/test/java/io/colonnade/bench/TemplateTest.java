package io.colonnade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void fillsItsPlacesAndLeavesVariablesOfThePeer() {
        assertThat(Template.fill("listen ${port} $host;", Map.of("port", 80))).isEqualTo("listen 80 $host;");
    }

    @Test
    void refusesAPlaceThatNothingIsGivenFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Template.fill("${upstream}", Map.of()))
                .withMessage("nothing is given for ${upstream}");
    }
}
