package org.dhcpcanon;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers, and what must be nowhere: read from the class files. */
class ArchitectureTest {
    private static final String ROOT = "org.dhcpcanon.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.dhcpcanon");
    private static final String[] PURE = {ROOT + "packet..", ROOT + "lease..", ROOT + "client..", ROOT + "audit.."};
    private static final List<String> ADAPTERS = List.of("linux", "shim", "dbus", "nm", "bus", "settings");
    /** nm and bus build on dbus. */
    private static final Set<String> MAY_SEE_DBUS = Set.of("nm", "bus");

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }

    @Test
    void classesWereFound() {
        assertTrue(CLASSES.contain("org.dhcpcanon.packet.MessageReader"));
    }

    @Test
    void layersSeeOnlyLowerLayers() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("packet")
                .definedBy(ROOT + "packet..")
                .layer("lease")
                .definedBy(ROOT + "lease..")
                .layer("client")
                .definedBy(ROOT + "client..")
                .layer("audit")
                .definedBy(ROOT + "audit..")
                .layer("runtime")
                .definedBy(ROOT + "runtime..")
                .layer("adapters")
                .definedBy(ADAPTERS.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
                .layer("app")
                .definedBy(ROOT + "app..")
                .layer("command")
                .definedBy(ROOT + "command..")
                .whereLayer("packet")
                .mayNotAccessAnyLayer()
                .whereLayer("lease")
                .mayOnlyAccessLayers("packet")
                .whereLayer("client")
                .mayOnlyAccessLayers("packet", "lease")
                .whereLayer("audit")
                .mayOnlyAccessLayers("packet")
                .whereLayer("runtime")
                .mayOnlyAccessLayers("packet", "lease", "client")
                .whereLayer("adapters")
                .mayOnlyAccessLayers("packet", "lease", "client", "runtime")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("command")
                .mayOnlyAccessLayers("packet", "audit", "adapters")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer());
    }

    @Test
    void adaptersDoNotSeeEachOther() {
        for (String adapter : ADAPTERS) {
            String[] others = ADAPTERS.stream()
                    .filter(other -> !other.equals(adapter))
                    .filter(other -> !(other.equals("dbus") && MAY_SEE_DBUS.contains(adapter)))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(ROOT + adapter + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others));
        }
    }

    /** It talks with the service, and is no part of it; only to capture packets it makes system calls itself. */
    @Test
    void theCommandSeesNoAdapterButTheBusConnectionAndTheCapture() {
        String[] others = ADAPTERS.stream()
                .filter(adapter -> !Set.of("dbus", "linux").contains(adapter))
                .map(adapter -> ROOT + adapter + "..")
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "command..")
                .and()
                .haveNameNotMatching(".*\\.(Recording|Packets)")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "linux.."));
    }

    @Test
    void everyClassIsInALayer() {
        check(classes()
                .should()
                .resideInAnyPackage(
                        ROOT + "packet..",
                        ROOT + "lease..",
                        ROOT + "client..",
                        ROOT + "audit..",
                        ROOT + "runtime..",
                        ROOT + "linux..",
                        ROOT + "shim..",
                        ROOT + "dbus..",
                        ROOT + "nm..",
                        ROOT + "bus..",
                        ROOT + "settings..",
                        ROOT + "app..",
                        ROOT + "command.."));
    }

    @Test
    void pureLayersUseOnlyValuesOfTheJdk() {
        DescribedPredicate<JavaClass> values = resideInAnyPackage(
                        "java.lang",
                        "java.lang.annotation",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations",
                        PURE[0],
                        PURE[1],
                        PURE[2],
                        PURE[3])
                // A unit of time, nothing concurrent.
                .or(assignableTo(java.util.concurrent.TimeUnit.class))
                .or(assignableTo(java.nio.Buffer.class))
                .or(assignableTo(java.nio.ByteOrder.class))
                .or(assignableTo(java.nio.charset.Charset.class))
                .or(assignableTo(java.nio.charset.StandardCharsets.class))
                // A record's serialisation and a lambda's are the compiler's doing.
                .or(equivalentTo(java.io.Serializable.class));
        check(noClasses().that().resideInAnyPackage(PURE).should(dependOnClassesThat(not(elementOf(values)))));
    }

    /** An array is judged by what it holds; primitives are allowed. */
    private static DescribedPredicate<JavaClass> elementOf(DescribedPredicate<JavaClass> allowed) {
        return DescribedPredicate.describe(allowed.getDescription(), type -> {
            JavaClass element = type.getBaseComponentType();
            return element.isPrimitive() || allowed.test(element);
        });
    }

    @Test
    void clocksAndRandomnessComeThroughPorts() {
        check(noClasses()
                .that(outside("linux", "app"))
                // It says when it heard of something.
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "command.Monitor")
                .should(accessTargetWhere(DescribedPredicate.describe(
                        "reads a clock or draws a random number", ArchitectureTest::isAmbient))));
    }

    /** The adapters that must wait for others have threads; what they find out is posted to the loop. */
    @Test
    void onlyAdaptersMakeThreads() {
        check(noClasses()
                .that(outside("linux", "dbus", "nm", "bus", "app"))
                .should(accessTargetWhere(
                        DescribedPredicate.describe("touches a thread", ArchitectureTest::isAboutThreads))));
    }

    private static boolean isAmbient(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return isCall(access, System.class, "nanoTime", "currentTimeMillis")
                || isCall(access, Math.class, "random")
                || isCall(access, StrictMath.class, "random")
                || isCall(access, java.util.Collections.class, "shuffle")
                || (owner.getPackageName().equals("java.time") && name.equals("now"))
                || owner.isAssignableTo(java.util.random.RandomGenerator.class);
    }

    private static boolean isAboutThreads(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isAssignableTo(Thread.class)
                || owner.isAssignableTo(java.util.concurrent.Executor.class)
                || owner.isAssignableTo(java.util.concurrent.Executors.class)
                || owner.isAssignableTo(java.util.Timer.class);
    }

    private static boolean isCall(JavaAccess<?> access, Class<?> owner, String... names) {
        return access.getTargetOwner().isEquivalentTo(owner)
                && List.of(names).contains(access.getTarget().getName());
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        String[] patterns = java.util.Arrays.stream(packages)
                .map(name -> ROOT + name + "..")
                .toArray(String[]::new);
        return resideOutsideOfPackages(patterns);
    }

    /** {@code SecureRandom} is a {@code Random}; it is the one that may be used. */
    @Test
    void predictableRandomnessIsNowhere() {
        check(noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are predictable random generators",
                        type -> type.isAssignableTo(java.util.random.RandomGenerator.class)
                                && !type.isAssignableTo(java.security.SecureRandom.class))));
        check(noClasses().should().callMethod(Math.class, "random"));
    }

    @Test
    void systemCallsAreMadeInOnePlace() {
        check(noClasses()
                .that(outside("linux"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai.."));
    }

    @Test
    void busLibraryIsSeenOnlyByItsAdapters() {
        check(noClasses()
                .that(outside("dbus", "nm", "bus"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.freedesktop.."));
    }

    /** It is not on the service's class path. */
    @Test
    void commandLineLibraryIsSeenOnlyByTheCommand() {
        check(noClasses()
                .that(outside("command"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli.."));
    }

    @Test
    void nothingIsExecuted() {
        check(noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class, Process.class));
        check(noClasses()
                .should(accessTargetWhere(DescribedPredicate.describe(
                        "executes a program", (JavaAccess<?> access) -> isCall(access, Runtime.class, "exec")))));
    }

    /** A name that is looked up is a packet that tells who we are. */
    @Test
    void namesAreNeverResolved() {
        check(noClasses()
                .should()
                .dependOnClassesThat(
                        assignableTo(java.net.InetAddress.class).or(assignableTo(java.net.InetSocketAddress.class))));
    }

    @Test
    void pureClassesCannotChange() {
        check(classes()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAssignableTo(Throwable.class)
                .and()
                // The compiler's table for a switch over an enum.
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveOnlyFinalFields());
    }

    @Test
    void noPublicFieldOfAClassCanBeChanged() {
        check(fields().that().areStatic().and().areNotPrivate().should().beFinal());
        check(fields().that().areStatic().and().areNotPrivate().should(notBeArrays()));
    }

    private static ArchCondition<JavaField> notBeArrays() {
        return new ArchCondition<>("not be arrays, which can be changed") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean fine =
                        !field.getRawType().isArray() || field.getModifiers().contains(JavaModifier.SYNTHETIC);
                events.add(new SimpleConditionEvent(field, fine, field.getFullName() + " is an array: " + !fine));
            }
        };
    }
}
