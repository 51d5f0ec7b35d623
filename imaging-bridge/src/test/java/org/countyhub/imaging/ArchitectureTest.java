package org.countyhub.imaging;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;

/** Who may import whom: the rules of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "org.countyhub.imaging", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] EDGES = {
        "org.countyhub.imaging.dimse..",
        "org.countyhub.imaging.dicomweb..",
        "org.countyhub.imaging.steward..",
        "org.countyhub.imaging.filmweb..",
        "org.countyhub.imaging.pages.."
    };

    private static final String[] DOMAIN = {
        "org.countyhub.imaging.dicom",
        "org.countyhub.imaging.study..",
        "org.countyhub.imaging.quarantine..",
        "org.countyhub.imaging.film..",
        "org.countyhub.imaging.access..",
        "org.countyhub.imaging.peers..",
        "org.countyhub.imaging.render..",
        "org.countyhub.imaging.ecg..",
        "org.countyhub.imaging.slide..",
        "org.countyhub.imaging.pdf..",
        "org.countyhub.imaging.report.."
    };

    private static final String[] DATABASE = {"java.sql..", "javax.sql..", "org.postgresql.."};

    @ArchTest
    static final ArchRule onlyDicomKnowsTheToolkit = noClasses()
            .that()
            .resideOutsideOfPackage("org.countyhub.imaging.dicom..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.aoju..", "org.opencv..");

    @ArchTest
    static final ArchRule onlyPdfKnowsItsLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("org.countyhub.imaging.pdf..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pdfbox..", "org.apache.fontbox..");

    @ArchTest
    static final ArchRule edgesKnowNoStoreAndNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.countyhub.imaging.store..", "org.countyhub.imaging.remote..")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(DATABASE);

    @ArchTest
    static final ArchRule theDomainKnowsNoEdgeNoFrameworkAndNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGES)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(DATABASE)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.countyhub.imaging.store..",
                    "org.countyhub.imaging.remote..",
                    "org.springframework..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule onlyTheCompositionRootKnowsTheStore = noClasses()
            .that()
            .resideOutsideOfPackages("org.countyhub.imaging.store..", "org.countyhub.imaging")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.countyhub.imaging.store..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.countyhub.imaging.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule storesNeverCommit = noClasses()
            .should()
            .callMethodWhere(target(nameMatching("commit|rollback|setAutoCommit"))
                    .and(targetOwner(assignableTo(Connection.class))));
}
