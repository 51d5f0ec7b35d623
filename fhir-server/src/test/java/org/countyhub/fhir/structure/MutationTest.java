package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a resource on its way, it is accepted and can be written, or refused with places. */
class MutationTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MUTANTS_OF_EACH = 60;
    private static final StructureWalk WALK = new StructureWalk(Structures.DEFINITIONS);

    @Test
    void aChangedTreeIsAcceptedOrRefusedWithPlaces() {
        Random random = new Random(20_190_101);
        int refused = 0;
        for (String example : Examples.small(20_000)) {
            ObjectNode valid = Structures.PARSER.parse(Examples.read(example));
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                ObjectNode mutant = valid.deepCopy();
                List<ContainerNode<?>> containers = new ArrayList<>();
                collect(mutant, containers);
                mutate(containers.get(random.nextInt(containers.size())), random);
                refused += isRefused(Structures.WRITER.write(mutant), mutant) ? 1 : 0;
                WALK.walk(mutant, new StructureVisitor() {});
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void changedBytesAreAcceptedOrRefusedWithAPlace() {
        Random random = new Random(4);
        for (String example : Examples.small(5_000)) {
            byte[] valid = Structures.WRITER.write(Structures.PARSER.parse(Examples.read(example)));
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                byte[] mutant = valid.clone();
                for (int change = random.nextInt(3); change >= 0; change--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
                }
                isRefused(mutant, mutant);
            }
        }
    }

    private static boolean isRefused(byte[] bytes, Object shown) {
        try {
            ObjectNode accepted = Structures.PARSER.parse(bytes);
            assertThatNoException().as("%s", shown).isThrownBy(() -> Structures.WRITER.write(accepted));
            return false;
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(Problem.Malformed.class);
            assertThat(e.problem().faults())
                    .hasSizeBetween(1, 20)
                    .extracting(Fault::expression)
                    .doesNotContainNull()
                    .doesNotContain("");
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError("neither accepted nor refused: " + shown, e);
        }
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
        if (node instanceof ContainerNode<?> container) {
            containers.add(container);
            container.forEach(child -> collect(child, containers));
        }
    }

    private static void mutate(ContainerNode<?> container, Random random) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", object.remove(name));
                case 2 -> object.set("_" + name, anything(random));
                default -> object.set(name, anything(random));
            }
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(3)) {
                case 0 -> array.remove(index);
                case 1 -> array.insert(index, anything(random));
                default -> array.set(index, anything(random));
            }
        }
    }

    private static JsonNode anything(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextGaussian());
            case 4 -> NODES.textNode("");
            case 5 -> NODES.textNode("a\u0000b");
            case 6 -> NODES.arrayNode().addNull();
            case 7 -> NODES.objectNode();
            default -> NODES.objectNode().put("id", "x");
        };
    }
}
