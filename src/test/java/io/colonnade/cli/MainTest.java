package io.colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start ",
                "secret ",
                "status ",
                "drain ",
                "undrain ",
                "weight ",
                "database ",
                "database backup ",
                "database shell ",
                "database repair ",
                "database bootstrap "
            })
    void helpsWithEveryCommand(String command) {
        assertThat(run((command + "--help").split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: colonnade " + command.strip());
        assertThat(run((command + "--version").split(" "))).isZero();
        assertThat(out.toString()).contains("colonnade development");
    }

    @Test
    void reportsErrorsOfFlagsAndSettingsAtOnce() {
        var code = run("--prot=1", "--port", "x", "--roles", "web,ap", "--set", "weigth=1", "--set", "lanes", "--name");
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("there are 6 errors")
                .contains("--prot=1")
                .contains("port is \"x\"; allowed is a whole number (--port)")
                .contains("roles[1] is \"ap\"; allowed is balancer, web, app, db, dns (--roles)")
                .contains("weigth is unknown; did you mean weight? (--set)")
                .contains("--set is \"lanes\"; allowed is KEY=VALUE")
                .contains("'--name'");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot=1, --port?",
        "--database-pasword-file x, --database-password-file?",
        "statsu, status?",
        "database shel, shell?",
        "status --jsn, --json?",
        "weight a 3 --amdin x, --admin?"
    })
    void saysWhatMayHaveBeenMeant(String command, String meant) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("; did you mean " + meant);
    }

    @Test
    void knowsNoFlagForAPassword() {
        assertThat(run("--database-password", "hush")).isEqualTo(2);
        assertThat(err.toString()).contains("--database-password");
    }

    @Test
    void refusesANameThatTheLocaleCannotExpress() {
        assertThat(run("--data", "/srv/d\uFFFDta")).isEqualTo(1);
        assertThat(err.toString()).contains("/srv/d\uFFFDta").contains("LC_ALL=C.UTF-8");
    }

    @Test
    void namesFileAndLineOfABadValue() throws IOException {
        var file = Files.writeString(folder.resolve("bad.yaml"), "port: x\n");
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("port is \"x\"; allowed is a whole number (" + file + " line 1)");
    }

    @Test
    void saysInOneLineWhyANodeDidNotStart() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("--data", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("colonnade: the data directory " + file + " cannot be written")
                .endsWith("choose another with --data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "drain amber-heron", "weight amber-heron 3"})
    void saysWhenNoNodeAnswers(String command) {
        assertThat(run((command + " --admin http://127.0.0.1:1").split(" "))).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "colonnade: no node answers at http://127.0.0.1:1; start one, or name its admin port with --admin URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup x.zip", "restore x.zip", "repair site", "shell", "bootstrap"})
    void saysWhichGaleraServerIsMeant(String command) throws IOException {
        Files.createDirectories(folder.resolve("nodes/a/database"));
        var galera = "database " + command + " --database galera --data " + folder;

        assertThat(run((galera + " --name b").split(" "))).isEqualTo(1);
        assertThat(run(galera.split(" "))).isEqualTo(1);
        Files.createDirectories(folder.resolve("nodes/b/database"));
        assertThat(run(galera.split(" "))).isEqualTo(1);

        var holdsNone = " holds no data of a Galera cluster; name a node of this machine that does with --name, and its"
                + " data directory with --data";
        assertThat(err.toString().lines())
                .containsExactly(
                        "colonnade: " + folder.resolve("nodes/b") + holdsNone,
                        "colonnade: " + folder.resolve("nodes/a") + holdsNone,
                        "colonnade: " + folder.resolve("nodes")
                                + " has 2 nodes with a Galera server; name one with --name, and its data directory with --data");
    }

    @Test
    void onlyAGaleraClusterIsBegun() {
        assertThat(run("database", "bootstrap", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("the database is not galera");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup x.zip", "restore x.zip", "repair site", "shell"})
    void saysWhereADatabaseIsLookedFor(String command) {
        assertThat(run(("database " + command + " --data " + folder).split(" ")))
                .isEqualTo(1);
        assertThat(run(("database " + command + " --database mysql://board@db1/board").split(" ")))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "colonnade: " + folder
                                + " holds no embedded database; name its data directory with --data, on the"
                                + " machine that has it",
                        "colonnade: the database is a server of your own; use its own tools");
    }

    @Test
    void asksWhatToDoWithTheDatabase() {
        assertThat(run("database")).isEqualTo(2);
        assertThat(err.toString()).contains("allowed is backup, restore, repair, shell, bootstrap");
    }

    @Test
    void printsANewSecretEachTime() {
        assertThat(run("secret", "new")).isZero();
        assertThat(run("secret", "new")).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret old", "secret new one"})
    void refusesWhatCannotBeDoneWithASecret(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).containsAnyOf("new", "one");
    }

    @Test
    void refusesADrainOfNobody() {
        assertThat(run("drain")).isEqualTo(2);
        assertThat(err.toString()).contains("NAME");
    }

    @Test
    void refusesAWeightThatIsNoNumber() {
        assertThat(run("weight", "amber-heron", "heavy")).isEqualTo(2);
        assertThat(err.toString()).contains("heavy");
    }

    private int run(String... args) {
        return new Main(new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false), Map.of())
                .run(args);
    }
}
