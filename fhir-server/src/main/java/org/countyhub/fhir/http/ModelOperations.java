package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.identity.estimate.CountyMatching;
import org.countyhub.fhir.identity.estimate.Estimation;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Thresholds;
import org.countyhub.fhir.structure.ResourceWriter;
import org.countyhub.kernel.Problem;

/** Operations on the model by which patients are matched, answered as Parameters. */
final class ModelOperations {
    /** More digits than are kept of a rate say nothing. */
    private static final MathContext DIGITS = new MathContext(6);

    private final CountyMatching matching;
    private final ContentReader contents;
    private final ResourceWriter writer = new ResourceWriter();

    ModelOperations(CountyMatching matching, ContentReader contents) {
        this.matching = matching;
        this.contents = contents;
    }

    /** {@code Person/$estimate}: estimates the model from the county's patients now. */
    Reply estimate(FhirRequest request) {
        OperationInput.of(request, contents, Set.of());
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        Estimation made = matching.estimateNow();
        tell(parts, made);
        return reply(parts);
    }

    /** {@code Person/$match-model}: the model in force and the latest estimation, or one version. */
    Reply model(FhirRequest request) {
        OperationInput input = OperationInput.of(request, contents, Set.of("version"));
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        CountyMatching.InForce inForce = matching.inForce();
        if (input.text("version") == null) {
            add(parts, "version").put("valueInteger", inForce.version());
            Estimation of = matching.find(inForce.version());
            if (of != null) {
                estimated(parts, of);
            }
            tell(parts, inForce.model());
            Estimation latest = matching.latest();
            if (latest != null && latest.version() != inForce.version()) {
                tell(add(parts, "latest").putArray("part"), latest);
            }
            return reply(parts);
        }
        int version = input.number("version", 1, Integer.MAX_VALUE);
        Estimation found = matching.find(version);
        if (found == null) {
            throw Problem.notFound("there is no version " + version + " of the model");
        }
        tell(parts, found);
        if (found.model() != null) {
            tell(parts, found.model());
        }
        return reply(parts);
    }

    private Reply reply(ArrayNode parts) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("resourceType", "Parameters");
        answer.set("parameter", parts);
        return Reply.of(200, writer.write(answer));
    }

    private static ObjectNode add(ArrayNode parts, String name) {
        return parts.addObject().put("name", name);
    }

    private static void tell(ArrayNode parts, Estimation estimation) {
        add(parts, "version").put("valueInteger", estimation.version());
        String refused = estimation.refused();
        add(parts, "taken").put("valueBoolean", refused == null);
        if (refused != null) {
            add(parts, "reason").put("valueString", refused);
        }
        estimated(parts, estimation);
    }

    private static void estimated(ArrayNode parts, Estimation estimation) {
        add(parts, "estimated").put("valueInstant", estimation.estimated().toString());
        decimal(parts, "patients", estimation.patients());
        decimal(parts, "compared", estimation.compared());
        decimal(parts, "named", estimation.named());
        decimal(parts, "random-pairs", estimation.randomPairs());
        decimal(parts, "blocked-pairs", estimation.blockedPairs());
        decimal(parts, "matches", Math.round(estimation.matches()));
        decimal(parts, "rounds", estimation.rounds());
    }

    private static void tell(ArrayNode parts, MatchModel model) {
        decimal(parts, "prior", model.prior());
        Thresholds thresholds = model.thresholds();
        ArrayNode bits = add(parts, "thresholds").putArray("part");
        decimal(bits, "link", thresholds.link());
        decimal(bits, "review", thresholds.review());
        decimal(bits, "margin", thresholds.margin());
        decimal(bits, "household", thresholds.household());
        decimal(parts, "surnames", model.families().counts().size());
        decimal(parts, "given-names", model.givenNames().counts().size());
        for (Field field : Field.values()) {
            ArrayNode levels = add(parts, word(field)).putArray("part");
            for (Level level : field.levels()) {
                ArrayNode rates = add(levels, word(level)).putArray("part");
                decimal(rates, "m", model.rates().m(field, level));
                decimal(rates, "u", model.rates().u(field, level));
                decimal(rates, "weight", model.rates().weight(field, level));
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void decimal(ArrayNode parts, String name, double value) {
        add(parts, name).put("valueDecimal", new BigDecimal(value).round(DIGITS).stripTrailingZeros());
    }

    private static void decimal(ArrayNode parts, String name, long value) {
        add(parts, name).put("valueDecimal", BigDecimal.valueOf(value));
    }
}
