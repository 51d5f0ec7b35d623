package org.countyhub.fhir;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.sql.Connection;
import org.countyhub.fhir.identity.code.KeyStoreRootKey;

/** Who may import whom: the rules of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "org.countyhub.fhir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] DOMAIN = {
        "org.countyhub.fhir.transaction..",
        "org.countyhub.fhir.resource..",
        "org.countyhub.fhir.search..",
        "org.countyhub.fhir.structure..",
        "org.countyhub.fhir.naming..",
        "org.countyhub.fhir.identity..",
        "org.countyhub.fhir.disclosure.."
    };

    private static final String[] EDGES = {"org.countyhub.fhir.http..", "org.countyhub.fhir.hl7v2.."};

    private static final String[] PURE = {
        "org.countyhub.fhir.search.model..",
        "org.countyhub.fhir.search.parse..",
        "org.countyhub.fhir.search.index..",
        "org.countyhub.fhir.store.sql..",
        "org.countyhub.fhir.identity.code..",
        "org.countyhub.fhir.identity.match.."
    };

    @ArchTest
    static final ArchRule theEdgeKnowsNeitherStoreNorJdbc = noClasses()
            .that()
            .resideInAnyPackage(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.countyhub.fhir.store..", "java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule httpDoesNotKnowHl7v2 = noClasses()
            .that()
            .resideInAPackage("org.countyhub.fhir.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.countyhub.fhir.hl7v2..");

    @ArchTest
    static final ArchRule hl7v2DoesNotKnowHttp = noClasses()
            .that()
            .resideInAPackage("org.countyhub.fhir.hl7v2..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.countyhub.fhir.http..");

    @ArchTest
    static final ArchRule onlyMessagesKnowTheirLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("org.countyhub.fhir.hl7v2.message")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ca.uhn.hl7v2..");

    @ArchTest
    static final ArchRule theDomainKnowsNoEdgeNoFrameworkAndNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.countyhub.fhir.http..",
                    "org.countyhub.fhir.hl7v2..",
                    "org.countyhub.fhir.store..",
                    "org.springframework..",
                    "jakarta.servlet..",
                    "ca.uhn.fhir.rest.server..",
                    "java.sql..",
                    "javax.sql..",
                    "org.postgresql..");

    @ArchTest
    static final ArchRule onlyTheCompositionRootKnowsTheStore = noClasses()
            .that(not(resideInAPackage("org.countyhub.fhir.store.."))
                    .and(not(belongToAnyOf(HubServer.class, Wiring.class))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.countyhub.fhir.store..");

    @ArchTest
    static final ArchRule nobodyKnowsTheCompositionRoot = noClasses()
            .that()
            .resideOutsideOfPackage("org.countyhub.fhir")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.countyhub.fhir");

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("org.countyhub.fhir.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.countyhub.fhir.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pureCodeDoesNoInputOutputOrLogging = noClasses()
            .that(resideInAnyPackage(PURE).and(not(belongToAnyOf(KeyStoreRootKey.class))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.io..",
                            "java.nio.file..",
                            "java.net..",
                            "java.sql..",
                            "javax.sql..",
                            "java.util.logging..",
                            "org.slf4j..")
                    .and(not(assignableTo(Serializable.class))));

    /** DateParser is handed a Clock for the prefix {@code ap}; asking that one is no reading of a clock of one's own. */
    @ArchTest
    static final ArchRule pureCodeReadsNoClockOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(target(nameMatching("now|system|systemUTC|systemDefaultZone|currentTimeMillis|nanoTime"))
                    .and(targetOwner(resideInAPackage("java.time..").or(assignableTo(System.class)))));

    @ArchTest
    static final ArchRule storesNeverCommit = noClasses()
            .should()
            .callMethodWhere(target(nameMatching("commit|rollback|setAutoCommit"))
                    .and(targetOwner(assignableTo(Connection.class))));
}
