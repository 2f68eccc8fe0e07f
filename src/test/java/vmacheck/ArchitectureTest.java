package vmacheck;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The house has floors: a package knows itself and those above it in this list, and no other.
/// What lies above the report is moreover a pure function of its arguments: it reads no clock and draws no luck of
/// its own, so that a seed gives the same run everywhere.
class ArchitectureTest {
    private static final List<String> FLOORS = List.of(
            "model", "call", "rules", "kernel", "invariant", "check", "counterexample", "live", "report", "cli");

    /// The floors that are a function of their arguments alone.
    private static final String[] PURE = packages("model", "call", "rules", "kernel", "invariant");

    /// Those, and the search, which may count the nanoseconds left to it.
    private static final String[] REPEATABLE = packages("model", "call", "rules", "kernel", "invariant", "check");

    private static final JavaClasses VMACHECK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vmacheck");

    @TestFactory
    Stream<DynamicTest> everyFloorKnowsOnlyThoseAboveIt() {
        return FLOORS.stream()
                .map(floor -> DynamicTest.dynamicTest(floor, () -> {
                    String[] below = FLOORS.stream()
                            .skip(FLOORS.indexOf(floor) + 1L)
                            .map(ArchitectureTest::tree)
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(tree(floor))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(below)
                            .because("each package knows only those above it: " + String.join(", ", FLOORS))
                            .allowEmptyShould(true)
                            .check(VMACHECK);
                }));
    }

    @Test
    @DisplayName("every class lives on a floor")
    void everyClassLivesOnAFloor() {
        classes()
                .should()
                .resideInAnyPackage(packages(FLOORS.toArray(String[]::new)))
                .check(VMACHECK);
    }

    @Test
    @DisplayName("model, call, rules, kernel, invariant and check read no wall clock")
    void noWallClock() {
        noClasses()
                .that()
                .resideInAnyPackage(REPEATABLE)
                .should()
                .dependOnClassesThat(clockOrDate())
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .allowEmptyShould(true)
                .check(VMACHECK);
    }

    @Test
    @DisplayName("only check and what is below it counts nanoseconds")
    void noNanoTime() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .allowEmptyShould(true)
                .check(VMACHECK);
    }

    @Test
    @DisplayName("model, call, rules, kernel, invariant and check draw from a given seed alone")
    void noLuckOfItsOwn() {
        noClasses()
                .that()
                .resideInAnyPackage(REPEATABLE)
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                                "java.util.UUID", owner -> owner.isEquivalentTo(java.util.UUID.class))))
                        .and(target(name("randomUUID"))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.security.SecureRandom.class)
                .allowEmptyShould(true)
                .check(VMACHECK);
    }

    /// All of `java.time` but the length of time itself, which is a value like any other.
    private static DescribedPredicate<JavaClass> clockOrDate() {
        return DescribedPredicate.describe(
                "tell the time of day",
                type -> resideInAPackage("java.time..").test(type) && !type.isEquivalentTo(java.time.Duration.class));
    }

    private static String[] packages(String... floors) {
        return Stream.of(floors).map(ArchitectureTest::tree).toArray(String[]::new);
    }

    private static String tree(String floor) {
        return "vmacheck." + floor + "..";
    }
}
