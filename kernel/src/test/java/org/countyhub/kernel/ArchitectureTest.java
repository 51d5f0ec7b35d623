package org.countyhub.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;

/** The kernel is small and knows nothing of those who use it. */
@AnalyzeClasses(packages = "org.countyhub.kernel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theKernelKnowsNoApplicationAndNoFramework = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.countyhub.kernel..",
                    "java..",
                    "javax.sql..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "org.postgresql..",
                    "com.zaxxer.hikari..",
                    "io.zonky.test..");

    @ArchTest
    static final ArchRule problemsAndSettingsKnowNoDatabase = noClasses()
            .that(belongToAnyOf(Problem.class, ProblemException.class, Fault.class, Settings.class))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule onlyDbCommits = noClasses()
            .that(not(belongToAnyOf(Db.class)))
            .should()
            .callMethodWhere(target(nameMatching("commit|rollback|setAutoCommit"))
                    .and(targetOwner(assignableTo(Connection.class))));
}
