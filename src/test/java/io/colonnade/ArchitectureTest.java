package io.colonnade;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ARCHITECTURE.md's table: who may import whom, and who is the only owner of what. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.colonnade");

    /** Beyond core, which everyone but site and foobar may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("config", Set.of("core")),
            Map.entry("telemetry", Set.of("core", "config")),
            Map.entry("security", Set.of("core")),
            Map.entry("site", Set.of()),
            Map.entry("cluster", Set.of("core", "config", "telemetry", "security")),
            Map.entry("transport", Set.of("core", "config", "telemetry", "cluster")),
            Map.entry("routing", Set.of("core", "config", "telemetry", "cluster", "transport")),
            Map.entry("store", Set.of("core", "config", "telemetry", "cluster")),
            Map.entry("balancer", Set.of("core", "config", "telemetry", "cluster", "routing")),
            Map.entry("web", Set.of("core", "config", "telemetry", "cluster", "routing")),
            Map.entry("app", Set.of("core", "config", "telemetry", "cluster", "store", "site")),
            Map.entry("dns", Set.of("core", "config", "telemetry", "cluster", "security")),
            Map.entry("admin", Set.of("core", "config", "telemetry", "cluster")),
            Map.entry("foobar", Set.of("site")));

    private static final Map<String, List<String>> ONLY_OWNER = Map.of(
            "cluster", List.of("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..", "io.vertx.core.spi.cluster.."),
            "store", List.of("io.vertx.mysqlclient..", "org.flywaydb..", "org.mariadb.."),
            "dns", List.of("org.xbill.."),
            "config", List.of("org.snakeyaml.."),
            "security", List.of("org.bouncycastle.."),
            "cli", List.of("picocli.."),
            "telemetry", List.of("ch.qos.logback.."));

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    static Stream<String> owners() {
        return ONLY_OWNER.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatTheTableAllows(String name) {
        var forbidden = new TreeSet<>(MAY_IMPORT.keySet());
        forbidden.add("cli");
        forbidden.remove(name);
        forbidden.removeAll(MAY_IMPORT.get(name));
        var rest = forbidden.stream().map(ArchitectureTest::full).toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(full(name)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(rest).or(resideInAPackage("io.colonnade")))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("owners")
    void ownsAlone(String owner) {
        var owned = ONLY_OWNER.get(owner).toArray(String[]::new);
        noClasses()
                .that(resideInAPackage("io.colonnade.."))
                .and()
                .resideOutsideOfPackage(full(owner))
                .should()
                .dependOnClassesThat(resideInAnyPackage(owned))
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcessAndPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(full("cli"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .check(CLASSES);
    }

    /** It takes from them what they must not inherit. */
    @Test
    void onlyOneClassStartsProcesses() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.colonnade.store.mariadb.ChildProcess")
                .should()
                .callConstructorWhere(target(owner(assignableTo(ProcessBuilder.class))))
                .check(CLASSES);
    }

    @Test
    void namesEveryPackageInTheTable() {
        var known = new TreeSet<>(MAY_IMPORT.keySet());
        known.add("cli");
        var present = new TreeSet<String>();
        CLASSES.forEach(each -> Arrays.stream(each.getPackageName().split("\\."))
                .skip(2)
                .limit(1)
                .forEach(present::add));
        assertThat(present).isEqualTo(known);
    }

    private static String full(String name) {
        return "io.colonnade." + name + "..";
    }
}
