package org.countyhub.fhir.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.structure.Definitions;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluation on the tree against HAPI's FHIRPath engine on the model: as many results, and the same values. */
class PathEvaluatorTest {
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Properties PROPERTIES = new Properties(new Definitions(R4));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient",
                "Patient.name",
                "name.given",
                "Patient.name[0].given[1]",
                "Patient.name.where(use = 'official').given.first()",
                "Patient.name.where(given = 'Jim').use",
                "Patient.name.where(given.count() > 1 and family.exists()).family",
                "Patient.name.skip(1).take(1).use",
                "Patient.name.tail().use",
                "Patient.name.last().use",
                "Patient.telecom.where(system = 'phone' and use = 'work').value",
                "Patient.telecom.where(rank <= 2).value",
                "Patient.telecom.where(rank > 1 or use = 'home').use",
                "Patient.telecom.where(value.contains('5555')).value",
                "Patient.telecom.where(value.startsWith('(03)') xor use = 'mobile').use",
                "Patient.telecom.where(system.empty()).use",
                "Patient.telecom.select(use | system)",
                "Patient.birthDate.extension('http://hl7.org/fhir/StructureDefinition/patient-birthTime').value",
                "Patient.birthDate.extension.where(url.endsWith('birthTime')).url",
                "Patient.contact.name.family.extension.value",
                "Patient.deceased",
                "Patient.deceased.not()",
                "Patient.birthDate = @1974-12-25",
                "Patient.birthDate < @1980-01-01",
                "Patient.birthDate > @1980",
                "Patient.gender in ('male' | 'female')",
                "('male' | 'female') contains Patient.gender",
                "Patient.gender ~ 'MALE'",
                "Patient.gender !~ 'female'",
                "Patient.active implies Patient.gender.exists()",
                "Patient.name.all(given.exists())",
                "Patient.name.exists(use = 'maiden')",
                "Patient.children().count() > 5",
                "Patient.contact.descendants().where($this = 'Bénédicte')",
                "Patient.identifier.period.start",
                "Patient.name[0].given.first().upper().lower().length()",
                "Patient.managingOrganization.reference.toString()",
                "Patient.contact.repeat(name).family",
                "%resource.id",
                "name.where(period.exists().not()).use",
                "name.where(use != 'official').use",
                "Patient.`name`[1].`given`",
                "maritalStatus"
            })
    void agreesWithTheReferenceEngine(String path) throws IOException {
        ObjectNode patient = patient();
        List<String> actual = new PathEvaluator(Element.resource(patient, PROPERTIES), PROPERTIES, new Budget())
                .evaluate(PathExpression.parse(path)).stream()
                        .map(PathEvaluatorTest::text)
                        .toList();
        IBaseResource model = R4.newJsonParser().parseResource(patient.toString());
        List<String> expected = R4.newFhirPath().evaluate(model, path, IBase.class).stream()
                .map(PathEvaluatorTest::text)
                .toList();
        assertThat(actual).isEqualTo(expected);
    }

    /** The reference engine knows types only together with the profiles of the specification. */
    @ParameterizedTest
    @CsvSource({
        "Patient.deceased.is(boolean), true",
        "Patient.deceased is dateTime, false",
        "(Patient.deceased as FHIR.boolean).not(), true",
        "Patient.deceased.ofType(dateTime).empty(), true",
        "%resource is DomainResource, true",
        "Patient.name.given.first() is string, true",
        "Patient.contact.first() is BackboneElement, true"
    })
    void knowsTypes(String path, String expected) throws IOException {
        assertThat(new PathEvaluator(Element.resource(patient(), PROPERTIES), PROPERTIES, new Budget())
                        .evaluate(PathExpression.parse(path)))
                .map(PathEvaluatorTest::text)
                .containsExactly(expected);
    }

    private static ObjectNode patient() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PathEvaluatorTest.class.getResourceAsStream("/json/spec/patient-example.json"))) {
            return (ObjectNode) Trees.MAPPER.readTree(in);
        }
    }

    private static String text(Item item) {
        Item.Atom atom = item.atom();
        if (atom == null) {
            return "complex";
        }
        return switch (atom) {
            case Item.Flag flag -> Boolean.toString(flag.value());
            case Item.Numeral number -> number.value().toString();
            case Item.Text text -> text.value();
            case Item.Moment moment -> moment.text();
        };
    }

    private static String text(IBase item) {
        return (item instanceof IPrimitiveType<?> primitive && primitive.getValueAsString() != null)
                ? primitive.getValueAsString()
                : "complex";
    }
}
