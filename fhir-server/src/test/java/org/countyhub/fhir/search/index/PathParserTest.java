package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.countyhub.fhir.search.index.PathExpression.Affirmed;
import org.countyhub.fhir.search.index.PathExpression.Path;
import org.countyhub.fhir.search.index.PathExpression.Step;
import org.countyhub.fhir.search.index.PathExpression.Union;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathParserTest {
    @Test
    void aUnionHasAPathForEachAlternative() {
        assertThat(PathParser.parse("A.b.c | alias"))
                .isEqualTo(new Union(List.of(
                        new Path("A", List.of(new Step.Child("b"), new Step.Child("c"))),
                        new Path("alias", List.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(A.b as X).c", "A.b.as(X).c", "A.b.ofType(X).c"})
    void aTypeIsChosenInThreeWays(String expression) {
        assertThat(steps(expression)).containsExactly(new Step.Child("b"), new Step.OfType("X"), new Step.Child("c"));
    }

    @Test
    void elementsAreChosenByTargetValueExtensionOrPlace() {
        assertThat(steps("A.b.where(resolve() is X)")).containsExactly(new Step.Child("b"), new Step.RefersTo("X"));
        assertThat(steps("A.b.where(c='d e').f"))
                .containsExactly(new Step.Child("b"), new Step.Having("c", "d e"), new Step.Child("f"));
        assertThat(steps("A.extension('http://x').value"))
                .containsExactly(
                        new Step.Child("extension"), new Step.Having("url", "http://x"), new Step.Child("value"));
        assertThat(steps("A.b[0].c")).containsExactly(new Step.Child("b"), new Step.At(0), new Step.Child("c"));
    }

    @Test
    void existenceIsAffirmed() {
        assertThat(PathParser.parse("A.b.exists() and A.b != false"))
                .isEqualTo(new Affirmed(new Path("A", List.of(new Step.Child("b")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A.b.first()",
                "A.b.where(c > 1)",
                "A.b where",
                "A.b |",
                "A.'b'",
                "A.exists() and B != false",
                "A#b",
                ""
            })
    void anExpressionBeyondTheKnownFormsIsRefused(String expression) {
        assertThatThrownBy(() -> PathParser.parse(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Step> steps(String expression) {
        return ((Union) PathParser.parse(expression)).paths().getFirst().steps();
    }
}
