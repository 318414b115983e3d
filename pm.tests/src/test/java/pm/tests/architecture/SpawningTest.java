package pm.tests.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** Every process is started through a ProcessManager. The same rule as {@code cnf/forbidden/spawning.txt}, for ArchUnit. */
class SpawningTest {
    @Test
    void nothingSpawnsBehindPm() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethodWhere(
                        target(owner(assignableTo("java.lang.Runtime"))).and(target(name("exec"))))
                .because("a process that pm did not start is not limited, watched or ended as a tree")
                .check(Repository.productClasses());
    }
}
