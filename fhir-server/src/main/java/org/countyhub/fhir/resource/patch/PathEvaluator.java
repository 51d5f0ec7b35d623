package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Evaluates paths against one resource; what all evaluations of a patch cost together is bounded by a budget. */
final class PathEvaluator {
    private final Element resource;
    private final Properties properties;
    private final Budget budget;
    private final PathComparison comparison;

    PathEvaluator(Element resource, Properties properties, Budget budget) {
        this.resource = resource;
        this.properties = properties;
        this.budget = budget;
        this.comparison = new PathComparison(budget);
    }

    List<Item> evaluate(PathExpression path) {
        return evaluate(path, List.of(resource));
    }

    private List<Item> evaluate(PathExpression path, List<Item> focus) {
        budget.spend(1);
        return switch (path) {
            case PathExpression.Focus here -> focus;
            case PathExpression.Resource here -> List.of(resource);
            case PathExpression.Literal literal -> List.of(literal.value());
            case PathExpression.Member member -> member(member.of(), member.name(), focus);
            case PathExpression.At at -> slice(evaluate(at.of(), focus), whole(at.index(), focus), 1);
            case PathExpression.Call call -> call(call, evaluate(call.of(), focus), focus);
            case PathExpression.OfType typed -> ofType(evaluate(typed.of(), focus), typed.function(), typed.type());
            case PathExpression.Binary binary ->
                binary(binary.operator(), evaluate(binary.left(), focus), evaluate(binary.right(), focus));
        };
    }

    private List<Item> member(PathExpression of, String name, List<Item> focus) {
        List<Item> owners = evaluate(of, focus);
        // FHIRPath section 5.1: a path may begin with the type of what it is applied to.
        if (of instanceof PathExpression.Focus && Character.isUpperCase(name.charAt(0))) {
            return filter(owners, item -> PathTypes.is(item, name));
        }
        List<Item> found = new ArrayList<>();
        for (Item owner : owners) {
            budget.spend(1);
            if (owner instanceof Element element) {
                found.addAll(paid(element.children(name, properties)));
            }
        }
        return found;
    }

    private List<Element> paid(List<Element> elements) {
        budget.spend(elements.size());
        return elements;
    }

    private List<Item> call(PathExpression.Call call, List<Item> input, List<Item> focus) {
        List<PathExpression> arguments = call.arguments();
        budget.spend(input.size());
        return switch (call.function()) {
            case WHERE -> where(input, arguments.getFirst());
            case SELECT -> select(input, arguments.getFirst());
            case REPEAT -> repeat(input, arguments.getFirst());
            case ALL -> flag(where(input, arguments.getFirst()).size() == input.size());
            case EXISTS -> flag(!(arguments.isEmpty() ? input : where(input, arguments.getFirst())).isEmpty());
            case EMPTY -> flag(input.isEmpty());
            case NOT -> {
                Boolean truth = truth(input);
                yield truth == null ? List.of() : flag(!truth);
            }
            case COUNT -> number(input.size());
            case HAS_VALUE -> flag(input.size() == 1 && input.getFirst().atom() != null);
            case SINGLE -> single(input);
            case FIRST -> slice(input, 0, 1);
            case LAST -> slice(input, input.size() - 1, 1);
            case TAIL -> slice(input, 1, input.size());
            case SKIP -> slice(input, Math.max(0, whole(arguments.getFirst(), focus)), input.size());
            case TAKE -> slice(input, 0, whole(arguments.getFirst(), focus));
            case EXTENSION -> extension(input, text(arguments.getFirst(), focus));
            case CHILDREN -> children(input);
            case DESCENDANTS -> descendants(input);
            case STARTS_WITH -> texts(input, text(arguments.getFirst(), focus), String::startsWith);
            case ENDS_WITH -> texts(input, text(arguments.getFirst(), focus), String::endsWith);
            case CONTAINS -> texts(input, text(arguments.getFirst(), focus), String::contains);
            case LOWER -> texts(input, text -> text.toLowerCase(Locale.ROOT));
            case UPPER -> texts(input, text -> text.toUpperCase(Locale.ROOT));
            case LENGTH -> input.isEmpty() ? List.of() : number(string(input).length());
            case TO_STRING -> input.isEmpty() ? List.of() : List.of(new Item.Text(string(input)));
            case OF_TYPE, AS, IS ->
                throw new IllegalStateException("the parser makes these " + PathExpression.OfType.class);
        };
    }

    private List<Item> where(List<Item> input, PathExpression criterion) {
        return filter(input, item -> Boolean.TRUE.equals(truth(evaluate(criterion, List.of(item)))));
    }

    private List<Item> filter(List<Item> input, Predicate<Item> test) {
        budget.spend(input.size());
        return input.stream().filter(test).toList();
    }

    private List<Item> select(List<Item> input, PathExpression projection) {
        List<Item> selected = new ArrayList<>();
        for (Item item : input) {
            selected.addAll(evaluate(projection, List.of(item)));
        }
        budget.spend(selected.size());
        return selected;
    }

    /** A projection that always finds something, such as {@code $this}, ends when the budget does. */
    private List<Item> repeat(List<Item> input, PathExpression projection) {
        List<Item> all = new ArrayList<>();
        List<Item> level = select(input, projection);
        while (!level.isEmpty()) {
            all.addAll(level);
            level = select(level, projection);
        }
        return all;
    }

    private List<Item> extension(List<Item> input, String url) {
        List<Item> found = new ArrayList<>();
        for (Item item : input) {
            if (item instanceof Element element) {
                for (Element extension : paid(element.children("extension", properties))) {
                    JsonNode value = extension.content().value();
                    if (value != null && value.path("url").asText().equals(url)) {
                        found.add(extension);
                    }
                }
            }
        }
        return found;
    }

    private List<Item> children(List<Item> input) {
        List<Item> children = new ArrayList<>();
        for (Item item : input) {
            if (item instanceof Element element) {
                // Asking for every property a type may have costs as much as visiting some ten values.
                budget.spend(10);
                children.addAll(paid(element.children(properties)));
            }
        }
        return children;
    }

    private List<Item> descendants(List<Item> input) {
        List<Item> found = new ArrayList<>();
        Deque<Item> open = new ArrayDeque<>(input);
        while (!open.isEmpty()) {
            List<Item> children = children(List.of(open.removeFirst()));
            found.addAll(children);
            open.addAll(children);
        }
        return found;
    }

    private static List<Item> ofType(List<Item> input, PathFunction function, String type) {
        if (function != PathFunction.IS) {
            return input.stream().filter(item -> PathTypes.is(item, type)).toList();
        }
        List<Item> single = single(input);
        return single.isEmpty() ? single : flag(PathTypes.is(single.getFirst(), type));
    }

    private List<Item> binary(PathOperator operator, List<Item> left, List<Item> right) {
        return switch (operator) {
            case AND -> flag(PathLogic.and(truth(left), truth(right)));
            case OR -> flag(PathLogic.or(truth(left), truth(right)));
            case XOR -> flag(PathLogic.xor(truth(left), truth(right)));
            case IMPLIES -> flag(PathLogic.implies(truth(left), truth(right)));
            case EQUAL -> flag(comparison.equal(left, right));
            case NOT_EQUAL -> flag(PathLogic.not(comparison.equal(left, right)));
            case EQUIVALENT -> flag(comparison.equivalent(left, right));
            case NOT_EQUIVALENT -> flag(!comparison.equivalent(left, right));
            case IN -> left.isEmpty() ? List.of() : flag(among(left, right));
            case CONTAINS -> right.isEmpty() ? List.of() : flag(among(right, left));
            case LESS -> ordered(left, right, order -> order < 0);
            case AT_MOST -> ordered(left, right, order -> order <= 0);
            case GREATER -> ordered(left, right, order -> order > 0);
            case AT_LEAST -> ordered(left, right, order -> order >= 0);
            case UNION -> union(left, right);
            case IS, AS -> throw new IllegalStateException("the parser makes these " + PathExpression.OfType.class);
        };
    }

    private boolean among(List<Item> one, List<Item> many) {
        Item sought = single(one).getFirst();
        budget.spend(many.size());
        return many.stream().anyMatch(item -> Boolean.TRUE.equals(comparison.equal(sought, item)));
    }

    private static List<Item> ordered(List<Item> left, List<Item> right, IntPredicate wanted) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        Item.Atom a = single(left).getFirst().atom();
        Item.Atom b = single(right).getFirst().atom();
        Integer order = (a == null || b == null) ? null : PathComparison.order(a, b);
        return order == null ? List.of() : flag(wanted.test(order));
    }

    private List<Item> union(List<Item> left, List<Item> right) {
        budget.spend(left.size() + right.size());
        List<Item> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private List<Item> texts(List<Item> input, String argument, BiPredicate<String, String> test) {
        return input.isEmpty() ? List.of() : flag(test.test(string(input), argument));
    }

    private List<Item> texts(List<Item> input, UnaryOperator<String> change) {
        return input.isEmpty() ? List.of() : List.of(new Item.Text(change.apply(string(input))));
    }

    /** The text of a single value; it is paid for by its length, since functions walk through it. */
    private String string(List<Item> input) {
        Item.Atom atom = single(input).getFirst().atom();
        if (atom == null) {
            throw new Inapplicable("the path asks for the text of something that has none");
        }
        String text =
                switch (atom) {
                    case Item.Text plain -> plain.value();
                    case Item.Moment moment -> moment.text();
                    case Item.Numeral number -> number.value().toString();
                    case Item.Flag flag -> Boolean.toString(flag.value());
                };
        budget.spend(1 + text.length() / 16);
        return text;
    }

    private String text(PathExpression argument, List<Item> focus) {
        List<Item> value = evaluate(argument, focus);
        if (value.size() != 1) {
            throw new Inapplicable("a function in the path needs one text and gets " + value.size());
        }
        return string(value);
    }

    private int whole(PathExpression argument, List<Item> focus) {
        List<Item> value = evaluate(argument, focus);
        if (value.size() == 1 && value.getFirst().atom() instanceof Item.Numeral number) {
            try {
                return number.value().intValueExact();
            } catch (ArithmeticException e) {
                throw new Inapplicable("an index in the path is no whole number");
            }
        }
        throw new Inapplicable("an index in the path is no number");
    }

    private static @Nullable Boolean truth(List<Item> items) {
        if (items.isEmpty()) {
            return null;
        }
        return single(items).getFirst().atom() instanceof Item.Flag flag ? flag.value() : Boolean.TRUE;
    }

    private static List<Item> single(List<Item> items) {
        if (items.size() > 1) {
            throw new Inapplicable("the path yields " + items.size() + " values where one is needed");
        }
        return items;
    }

    private static List<Item> slice(List<Item> items, int from, int count) {
        if (from < 0 || from >= items.size() || count <= 0) {
            return List.of();
        }
        return items.subList(from, from + Math.min(count, items.size() - from));
    }

    private static List<Item> flag(@Nullable Boolean value) {
        return value == null ? List.of() : List.of(new Item.Flag(value));
    }

    private static List<Item> number(int value) {
        return List.of(new Item.Numeral(BigDecimal.valueOf(value)));
    }
}
