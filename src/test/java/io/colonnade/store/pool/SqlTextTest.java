package io.colonnade.store.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT 1", " select 1", "(SELECT 1)", "/* why */ SELECT 1", "-- why\nSHOW TABLES", "SET @a = 1"
            })
    void knowsWhatOnlyReads(String sql) {
        assertThat(new SqlText(sql).mayWrite()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "update t set a = 1",
                "/* SELECT */ DELETE FROM t",
                "WITH a AS (SELECT 1) UPDATE t SET b = 1",
                "CALL p()",
                ""
            })
    void takesAnythingElseForAWrite(String sql) {
        assertThat(new SqlText(sql).mayWrite()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM t WHERE a = 'secret' AND b = 42     | SELECT * FROM t WHERE a = ? AND b = ?",
                "SELECT 'it''s', \"a\\\"b\", 1.5e3, 0xFF, x2        | SELECT ?, ?, ?, ?, x2",
                "SELECT /* secret */ a -- secret                   | SELECT a",
                "SELECT a FROM t WHERE b IN (1, 2, 3)              | SELECT a FROM t WHERE b IN (?...)",
                "INSERT INTO t VALUES (1, 'a'), (2, 'b')           | INSERT INTO t VALUES (?...)",
                "SELECT a   FROM t2                                | SELECT a FROM t2"
            })
    void hasAShapeWithoutValues(String sql, String shape) {
        assertThat(new SqlText(sql).shape()).isEqualTo(shape);
    }

    @Test
    void aLongShapeIsCut() {
        assertThat(new SqlText("SELECT " + "a, ".repeat(1000) + "a").shape())
                .hasSize(303)
                .endsWith("...");
    }

    @Test
    void knowsWhatNeedsSpaceOnTheDisk() {
        for (var sql : List.of("INSERT INTO a VALUES (1)", " /* b */ update a SET b = 1", "DELETE FROM a")) {
            assertThat(new SqlText(sql).takesSpace()).as(sql).isTrue();
        }
        for (var sql : List.of("SELECT 1", "ROLLBACK", "COMMIT", "TRUNCATE a", "DROP TABLE a", "(SELECT 1)")) {
            assertThat(new SqlText(sql).takesSpace()).as(sql).isFalse();
        }
    }
}
