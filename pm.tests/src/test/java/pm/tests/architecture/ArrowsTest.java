package pm.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: cli to api; core to api; backends to api, and linux and macos to posix. */
class ArrowsTest {
    private static final List<String> EVERYWHERE = List.of("java..", "org.osgi..");

    static Stream<Arguments> arrows() {
        return Stream.of(
                Arguments.of("pm.api..", List.of("pm.api..", "pm.spi..")),
                Arguments.of("pm.spi..", List.of("pm.api..", "pm.spi..")),
                Arguments.of(
                        "pm.contract..",
                        List.of(
                                "pm.api..",
                                "pm.spi..",
                                "pm.contract..",
                                "org.junit.jupiter.api..",
                                "org.assertj.core..",
                                "org.awaitility..")),
                Arguments.of(
                        "pm.core..", List.of("pm.api..", "pm.spi..", "pm.core..", "javax.management..", "org.slf4j..")),
                Arguments.of(
                        "pm.backend.posix..", List.of("pm.api..", "pm.spi..", "pm.backend.posix..", "com.sun.jna..")),
                Arguments.of(
                        "pm.backend.linux..",
                        List.of("pm.api..", "pm.spi..", "pm.backend.posix..", "pm.backend.linux..", "com.sun.jna..")),
                Arguments.of(
                        "pm.backend.macos..",
                        List.of("pm.api..", "pm.spi..", "pm.backend.posix..", "pm.backend.macos..", "com.sun.jna..")),
                Arguments.of(
                        "pm.backend.linux.systemd..",
                        List.of(
                                "pm.api..",
                                "pm.spi..",
                                "pm.backend.linux.scope..",
                                "pm.backend.linux.systemd..",
                                "org.freedesktop.dbus..")),
                Arguments.of(
                        "pm.backend.windows..",
                        List.of("pm.api..", "pm.spi..", "pm.backend.windows..", "com.sun.jna..")),
                Arguments.of("pm.osgi..", List.of("pm.api..", "pm.osgi..", "org.apache.felix.hc.api..")),
                Arguments.of("pm.cli..", List.of("pm.api..", "pm.cli..", "picocli..", "com.fasterxml.jackson.core..")));
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void dependsOnlyOn(String packages, List<String> allowed) {
        String[] targets = Stream.concat(EVERYWHERE.stream(), allowed.stream()).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(packages)
                .and()
                .resideOutsideOfPackages(modulesBelow(packages))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(targets))
                .check(Repository.productClasses());
    }

    /** A module whose packages look like a part of another's has an arrow of its own. */
    private static String[] modulesBelow(String packages) {
        String prefix = packages.substring(0, packages.length() - 1);
        return arrows().map(arrow -> (String) arrow.get()[0])
                .filter(other -> !other.equals(packages) && other.startsWith(prefix))
                .toArray(String[]::new);
    }

    @Test
    void onlyClassesThatCallNativeCodeKnowJna() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "pm.backend.posix.libc",
                        "pm.backend.linux.kernel",
                        "pm.backend.macos.darwin",
                        "pm.backend.windows.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(Repository.productClasses());
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new Packages())
                .should()
                .beFreeOfCycles()
                .check(Repository.productClasses());
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(Repository.productModules()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(Repository.productModules()).allSatisfy(module -> {
            String name = module.getFileName().toString();
            assertThat(arrows().map(arrow -> arrow.get()[0])).contains(name + "..");
        });
    }

    /** One slice for each package, but pm.api and pm.spi together are one: the contract. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            if (!name.startsWith("pm.")) {
                return SliceIdentifier.ignore();
            }
            // ProcessManagers (api) finds a ManagerProvider (spi), which makes a ProcessManager (api).
            return SliceIdentifier.of(name.equals("pm.spi") ? "pm.api" : name);
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
