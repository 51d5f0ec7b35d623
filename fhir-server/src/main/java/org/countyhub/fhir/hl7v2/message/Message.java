package org.countyhub.fhir.hl7v2.message;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is read of a message: the header and the segments about the patient. The others are not even taken apart, and
 * neither is anything held against the structures of a version, as senders rarely keep to them.
 */
public final class Message {
    private static final List<String> READ = List.of("MSH", "EVN", "PID", "MRG", "NK1");
    /** What is taken apart costs some hundred times its size while it is worked on. */
    private static final int MAX_READ = 64 * 1024;

    private static final int MAX_REPETITIONS = 100;

    /** Only made, and HAPI only loaded, when the first message comes. */
    private static final class Parser {
        private static final PipeParser PIPES = pipes();

        private static PipeParser pipes() {
            DefaultHapiContext context = new DefaultHapiContext(new GenericModelClassFactory());
            context.setValidationContext(ValidationContextFactory.noValidation());
            return context.getPipeParser();
        }
    }

    private final Map<String, List<Segment>> segments = new LinkedHashMap<>();

    private Message(ca.uhn.hl7v2.model.Message parsed) throws HL7Exception {
        for (String name : parsed.getNames()) {
            List<Segment> named = new ArrayList<>();
            for (Structure structure : parsed.getAll(name)) {
                if (structure instanceof ca.uhn.hl7v2.model.Segment segment) {
                    refuseCrowded(segment, named.size() + 1);
                    named.add(new Segment(segment, named.size() + 1));
                }
            }
            segments.put(name, List.copyOf(named));
        }
    }

    private static void refuseCrowded(ca.uhn.hl7v2.model.Segment segment, int sequence) throws HL7Exception {
        for (int field = 1; field <= segment.numFields(); field++) {
            if (segment.getField(field).length > MAX_REPETITIONS) {
                throw Refusal.error(
                        new Location(segment.getName(), sequence, field, 0, 0),
                        ErrorCode.DATA_TYPE,
                        "the field repeats more than " + MAX_REPETITIONS + " times");
            }
        }
    }

    public static Message parse(String text) {
        refuseControlCharacters(text);
        Map<String, List<String>> lines = new LinkedHashMap<>();
        READ.forEach(name -> lines.put(name, new ArrayList<>()));
        int length = 0;
        for (String line : text.split("[\r\n]+", -1)) {
            List<String> named = line.length() < 4 ? null : lines.get(line.substring(0, 3));
            if (named != null) {
                named.add(line);
                length += line.length();
            }
        }
        if (length > MAX_READ) {
            throw Refusal.error(
                    Location.segment("PID"),
                    ErrorCode.DATA_TYPE,
                    "the segments about the patient are longer than " + MAX_READ + " characters");
        }
        List<String> ordered = new ArrayList<>();
        lines.values().forEach(ordered::addAll);
        try {
            return new Message(taken(String.join("\r", ordered) + "\r"));
        } catch (HL7Exception e) {
            // Its text repeats the beginning of the message.
            throw Refusal.error(
                    Location.segment("MSH"), ErrorCode.DATA_TYPE, "the message cannot be taken apart into segments");
        }
    }

    /** Delimiters that are no delimiters make the library fail in other ways than it says. */
    private static ca.uhn.hl7v2.model.Message taken(String text) throws HL7Exception {
        try {
            return Parser.PIPES.parse(text);
        } catch (RuntimeException e) {
            throw new HL7Exception("unreadable", e);
        }
    }

    private static void refuseControlCharacters(String text) {
        boolean found = text.chars()
                .anyMatch(character -> character < ' ' && character != '\r' && character != '\n' && character != '\t');
        if (found) {
            throw Refusal.error(
                    Location.segment("MSH"), ErrorCode.DATA_TYPE, "there are control characters in the message");
        }
    }

    public List<Segment> all(String name) {
        return segments.getOrDefault(name, List.of());
    }

    /** The segment of which there must be exactly one. */
    public Segment one(String name) {
        List<Segment> all = all(name);
        if (all.isEmpty()) {
            throw Refusal.error(
                    Location.segment(name), ErrorCode.SEGMENT_SEQUENCE, "the message has no segment " + name);
        }
        if (all.size() > 1) {
            throw Refusal.error(
                    new Location(name, 2, 0, 0, 0),
                    ErrorCode.SEGMENT_SEQUENCE,
                    "the message has several segments " + name + "; send one message for each patient");
        }
        return all.getFirst();
    }
}
