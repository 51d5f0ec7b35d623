package org.countyhub.fhir.identity.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model as a JSON tree, so that it can be kept. A level that a stored model does not know yet is taken from the start model. */
public final class ModelJson {
    private ModelJson() {}

    public static ObjectNode write(MatchModel model) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("prior", model.prior());
        Thresholds thresholds = model.thresholds();
        tree.putObject("thresholds")
                .put("link", thresholds.link())
                .put("review", thresholds.review())
                .put("margin", thresholds.margin())
                .put("household", thresholds.household());
        ObjectNode rates = tree.putObject("rates");
        for (Field field : Field.values()) {
            ObjectNode levels = rates.putObject(field.name());
            for (Level level : field.levels()) {
                levels.putObject(level.name())
                        .put("m", model.rates().m(field, level))
                        .put("u", model.rates().u(field, level));
            }
        }
        tree.set("families", write(model.families()));
        tree.set("givenNames", write(model.givenNames()));
        return tree;
    }

    /** @throws IllegalArgumentException where the tree is no model */
    public static MatchModel read(JsonNode tree) {
        JsonNode thresholds = tree.path("thresholds");
        return new MatchModel(
                number(tree, "prior"),
                Rates.of(shares(tree.path("rates"), "m"), shares(tree.path("rates"), "u")),
                frequencies(tree.path("families")),
                frequencies(tree.path("givenNames")),
                new Thresholds(
                        number(thresholds, "link"),
                        number(thresholds, "review"),
                        number(thresholds, "margin"),
                        number(thresholds, "household")));
    }

    private static Rates.Shares shares(JsonNode rates, String which) {
        Rates start = MatchModel.start().rates();
        return (field, level) -> {
            JsonNode rate = rates.path(field.name()).path(level.name()).path(which);
            double otherwise = which.equals("m") ? start.m(field, level) : start.u(field, level);
            return rate.isNumber() ? rate.doubleValue() : otherwise;
        };
    }

    private static ObjectNode write(NameFrequencies frequencies) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("total", frequencies.total());
        tree.put("collision", frequencies.collision());
        ObjectNode counts = tree.putObject("counts");
        frequencies.counts().forEach(counts::put);
        return tree;
    }

    private static NameFrequencies frequencies(JsonNode tree) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        tree.path("counts")
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().intValue()));
        return new NameFrequencies(counts, (long) number(tree, "total"), number(tree, "collision"));
    }

    private static double number(JsonNode tree, String name) {
        JsonNode number = tree.path(name);
        if (!number.isNumber()) {
            throw new IllegalArgumentException("a model without the number " + name);
        }
        return number.doubleValue();
    }
}
