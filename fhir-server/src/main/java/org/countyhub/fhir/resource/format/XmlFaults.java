package org.countyhub.fhir.resource.format;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Collects what HAPI's parser finds wrong, up to a bound, so that a sender sees several faults at once. */
final class XmlFaults implements IParserErrorHandler {
    private static final int MAX_FAULTS = 20;
    private static final Pattern CODE = Pattern.compile("HAPI-\\d+: ");

    private final List<Fault> faults = new ArrayList<>();

    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new Problem.Malformed(List.copyOf(faults)).exception();
        }
    }

    /** A message of HAPI without its code numbers. */
    static String plain(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? "the document is no resource"
                : CODE.matcher(message).replaceAll("");
    }

    private void add(@Nullable IParseLocation location, String element, String code, String diagnostics) {
        if (faults.size() < MAX_FAULTS) {
            String parent = location == null ? null : location.getParentElementName();
            faults.add(new Fault(code, diagnostics, place(parent, element)));
        }
    }

    private static @Nullable String place(@Nullable String parent, String element) {
        if (parent == null || parent.isBlank()) {
            return element.isEmpty() ? null : element;
        }
        return element.isEmpty() ? parent : parent + "." + element;
    }

    @Override
    public void containedResourceWithNoId(@Nullable IParseLocation location) {
        add(location, "contained", "required", "a contained resource has no id");
    }

    @Override
    public void incorrectJsonType(
            @Nullable IParseLocation location,
            String element,
            ValueType expected,
            ScalarType expectedScalar,
            ValueType found,
            ScalarType foundScalar) {
        add(location, element, "structure", "wrong kind of value");
    }

    @Override
    public void invalidValue(@Nullable IParseLocation location, String value, String error) {
        add(location, "", "value", CODE.matcher(String.valueOf(error)).replaceAll(""));
    }

    @Override
    public void missingRequiredElement(@Nullable IParseLocation location, String element) {
        add(location, element, "required", "a required element is missing");
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation location, String element) {
        add(location, element, "structure", "the element may not repeat");
    }

    @Override
    public void unknownAttribute(@Nullable IParseLocation location, String attribute) {
        add(location, "@" + attribute, "structure", "unknown attribute");
    }

    @Override
    public void unknownElement(@Nullable IParseLocation location, String element) {
        add(location, element, "structure", "unknown element");
    }

    @Override
    public void unknownReference(@Nullable IParseLocation location, String reference) {
        add(location, "", "invalid", "a reference leads to nothing");
    }

    @Override
    public void invalidInternalReference(@Nullable IParseLocation location, String reference) {
        add(location, "", "invalid", "a reference to a contained resource leads to nothing");
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
        add(location, "extension", "structure", "an extension has both a value and extensions");
    }
}
