package io.colonnade.store.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {
    private static final String ONE = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String TWO = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0-1-170    | 0-1-170    | true",
                "0-2-171    | 0-1-170    | true",
                "0-1-169    | 0-1-170    | false",
                "0-1-9,1-2-5| 0-1-9      | true",
                "0-1-9      | 0-1-9,1-2-5| false",
                "''         | 0-1-1      | false",
                "0-1-9      | ''         | false"
            })
    void comparesThoseOfMariaDb(String one, String other, boolean reaches) {
        assertThat(Position.ofMariaDb(one).reaches(Position.ofMariaDb(other))).isEqualTo(reaches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ONE + ":1-7          | " + ONE + ":1-7      | true",
                ONE + ":1-5:7-9      | " + ONE + ":1-5      | true",
                ONE + ":1-5:7-9      | " + ONE + ":1-7      | false",
                ONE + ":1-7," + TWO + ":3 | " + TWO + ":3 | true",
                ONE + ":1-7          | " + TWO + ":3        | false"
            })
    void comparesThoseOfMySql(String one, String other, boolean reaches) {
        assertThat(Position.ofMySql(one).reaches(Position.ofMySql(other))).isEqualTo(reaches);
    }
}
