package io.colonnade;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.stream.Stream;

/** One place at which a class of Colonnade uses a class of another package, as the compiled classes tell. */
record Use(JavaClass from, JavaClass to) {
    private static final String ROOT = "io.colonnade";

    /** All uses of anything by classes of Colonnade. */
    static Stream<Use> all(JavaClasses classes) {
        return classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(Use::of);
    }

    /** The uses of one package of Colonnade by another. */
    static Stream<Use> betweenPackages(JavaClasses classes) {
        return all(classes).filter(use -> ours(use.to) && !use.fromPackage().equals(use.toPackage()));
    }

    private static Use of(Dependency dependency) {
        return new Use(dependency.getOriginClass(), dependency.getTargetClass().getBaseComponentType());
    }

    String fromPackage() {
        return packageOf(from);
    }

    String toPackage() {
        return packageOf(to);
    }

    String fromFeature() {
        return ImportTable.featureOf(fromPackage());
    }

    String toFeature() {
        return ImportTable.featureOf(toPackage());
    }

    boolean crossesFeatures() {
        return !fromFeature().equals(toFeature());
    }

    /** What a row has to name so that this use is permitted. */
    String permission() {
        return crossesFeatures() ? toFeature() : toPackage();
    }

    String fromClass() {
        return topLevel(from);
    }

    String toClass() {
        return topLevel(to);
    }

    boolean isOfOneOf(Set<String> permissions) {
        return permissions.contains(permission());
    }

    String inWords() {
        return "%s.%s uses %s.%s".formatted(fromPackage(), fromClass(), toPackage(), toClass());
    }

    static String packageOf(JavaClass type) {
        var name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    /** The simple name of the file's class, also for those nested in it. */
    static String topLevel(JavaClass type) {
        var name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    private static boolean ours(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }
}
