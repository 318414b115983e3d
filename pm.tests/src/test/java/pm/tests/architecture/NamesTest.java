package pm.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** A class's name says what it is. */
class NamesTest {
    @Test
    void noNameWithoutMeaning() {
        noClasses()
                .should()
                .haveSimpleNameContaining("Util")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .check(Repository.productClasses());
    }

    @Test
    void oneManagerOnly() {
        classes()
                .that()
                .haveSimpleNameContaining("Manager")
                .and()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(".*\\.(\\w*ProcessManager\\w*|Manager(Provider|Closed\\w*))")
                .check(Repository.productClasses());
    }
}
