package io.colonnade;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.colonnade.core.Tier;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may import whom, and who is the only owner of what, as {@link ImportTable} says. Nothing is permitted that is not used. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Tier.class.getProtectionDomain().getCodeSource().getLocation());
    private static final String EVENT_BUS = "io.vertx.core.eventbus..";
    private static final String[] VERTX_INTERNALS = {"io.vertx..impl..", "io.vertx..internal.."};

    @Test
    void namesEveryPackageInTheTable() {
        var named = ImportTable.ROWS.stream().map(ImportTable.Row::name).toList();
        var present = CLASSES.stream().map(Use::packageOf).collect(toCollection(TreeSet::new));
        assertThat(named)
                .as("Give each package one row in ImportTable.ROWS, and take out the rows of those that are gone.")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(present);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("io.colonnade.ImportTable#ROWS")
    void importsOnlyWhatTheTableAllows(ImportTable.Row row) {
        var forbidden = usesOf(row)
                .filter(use -> !use.isOfOneOf(row.imports()))
                .map(Use::inWords)
                .distinct();
        assertThat(forbidden)
                .as(
                        "The row of \"%s\" in ImportTable.ROWS does not permit these. Hand in what is needed from outside (an interface,"
                                + " a function), move the class, or add the permission if it makes no circle.",
                        row.name())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("io.colonnade.ImportTable#ROWS")
    void permitsNothingThatIsNotUsed(ImportTable.Row row) {
        var unused = new TreeSet<>(row.imports());
        usesOf(row).map(Use::permission).forEach(unused::remove);
        assertThat(unused)
                .as("\"%s\" may import these but does not: take them out of its row in ImportTable.ROWS.", row.name())
                .isEmpty();
    }

    @Test
    void usesOfAnotherFeatureOnlyWhatThatShows() {
        var hidden = Use.betweenPackages(CLASSES)
                .filter(Use::crossesFeatures)
                .filter(use -> ImportTable.SHOWN.containsKey(use.toFeature()))
                .filter(use -> !ImportTable.SHOWN.get(use.toFeature()).contains(use.toClass()))
                .map(Use::inWords)
                .distinct();
        assertThat(hidden)
                .as("Use the feature by what it shows, or add the class to its list in ImportTable.SHOWN.")
                .isEmpty();
    }

    @Test
    void showsNothingThatNobodyUses() {
        var unused = new TreeMap<String, Set<String>>();
        ImportTable.SHOWN.forEach((feature, shown) -> unused.put(feature, new TreeSet<>(shown)));
        Use.betweenPackages(CLASSES)
                .filter(Use::crossesFeatures)
                .filter(use -> unused.containsKey(use.toFeature()))
                .forEach(use -> unused.get(use.toFeature()).remove(use.toClass()));
        unused.values().removeIf(Set::isEmpty);
        assertThat(unused)
                .as("No other feature uses these: take them out of ImportTable.SHOWN.")
                .isEmpty();
    }

    @Test
    void aFeatureOfSeveralPackagesSaysWhatItShows() {
        var several = ImportTable.ROWS.stream()
                .filter(row -> row.name().contains("."))
                .map(ImportTable.Row::feature)
                .collect(toCollection(TreeSet::new));
        assertThat(ImportTable.SHOWN.keySet())
                .as(
                        "Its sub-packages make more classes public than others may use: name the latter in ImportTable.SHOWN.")
                .containsAll(several);
    }

    @Test
    void packagesAreFreeOfCircles() {
        slices().matching("io.colonnade.(**)")
                .should()
                .beFreeOfCycles()
                .because("a circle of packages is one package: hand in an interface or a function, or move a class")
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("io.colonnade.ImportTable#OWNERS")
    void ownsAlone(ImportTable.Owner only) {
        var mine = "io.colonnade." + only.name() + "..";
        noClasses()
                .that()
                .resideOutsideOfPackage(mine)
                .should()
                .dependOnClassesThat(resideInAPackage(only.library()))
                .because("only " + only.name() + " may use it (ImportTable.OWNERS): let it offer what is needed")
                .check(CLASSES);
        assertThat(usersOf(resideInAPackage(only.library())))
                .as("Nobody uses %s: take it out of ImportTable.OWNERS.", only.library())
                .isNotEmpty();
    }

    @Test
    void onlyNamedClassesUseTheEventBus() {
        assertThat(usersOf(resideInAPackage(EVENT_BUS)))
                .as(
                        "Send and receive by core.Topics or by the transport, or name the class in ImportTable.EVENT_BUS. Classes that do"
                                + " not use the event bus have to be taken out.")
                .containsExactlyInAnyOrderElementsOf(flat(ImportTable.EVENT_BUS));
    }

    @Test
    void onlyNamedClassesUseTheInternalsOfVertx() {
        assertThat(usersOf(resideInAnyPackage(VERTX_INTERNALS)))
                .as(
                        "Find a way by Vert.x's public classes, or name the class in ImportTable.VERTX_INTERNALS. Classes that"
                                + " use none have to be taken out.")
                .containsExactlyInAnyOrderElementsOf(flat(ImportTable.VERTX_INTERNALS));
    }

    @Test
    void onlyTheCommandLineEndsTheProcessAndPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.colonnade.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .because("what is not the command line throws, and logs")
                .check(CLASSES);
    }

    /** It takes from them what they must not inherit. */
    @Test
    void onlyOneClassStartsProcesses() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ChildProcess")
                .should()
                .callConstructorWhere(target(owner(assignableTo(ProcessBuilder.class))))
                .because("ChildProcess takes from a process what it must not inherit")
                .check(CLASSES);
    }

    /** For the reader of a build's output. */
    @Test
    void printsTheTable() {
        var text = new StringBuilder("Who may import whom:\n");
        ImportTable.ROWS.forEach(row -> text.append(line(row.name(), row.imports())));
        text.append("What features show to others, if not all their public classes:\n");
        ImportTable.SHOWN.forEach((feature, shown) -> text.append(line(feature, shown)));
        text.append("Who uses the event bus:\n");
        ImportTable.EVENT_BUS.forEach((feature, users) -> text.append(line(feature, users)));
        text.append("Who uses internals of Vert.x:\n");
        ImportTable.VERTX_INTERNALS.forEach((feature, users) -> text.append(line(feature, users)));
        System.out.println(text);
        assertThat(text.toString().lines()).hasSizeGreaterThan(ImportTable.ROWS.size());
    }

    private static String line(String name, Set<String> words) {
        return "  %-16s %s%n".formatted(name, String.join(" ", words));
    }

    private static Stream<Use> usesOf(ImportTable.Row row) {
        return Use.betweenPackages(CLASSES).filter(use -> use.fromPackage().equals(row.name()));
    }

    /** The classes that use the library, with their feature in front. */
    private static Set<String> usersOf(DescribedPredicate<JavaClass> library) {
        return CLASSES.stream()
                .filter(each -> uses(each, library))
                .map(each -> ImportTable.featureOf(Use.packageOf(each)) + "." + Use.topLevel(each))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> flat(Map<String, ? extends Set<String>> classes) {
        return classes.entrySet().stream()
                .flatMap(feature -> feature.getValue().stream().map(each -> feature.getKey() + "." + each))
                .collect(toCollection(TreeSet::new));
    }

    private static boolean uses(JavaClass type, DescribedPredicate<JavaClass> library) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(each -> library.test(each.getTargetClass().getBaseComponentType()));
    }
}
