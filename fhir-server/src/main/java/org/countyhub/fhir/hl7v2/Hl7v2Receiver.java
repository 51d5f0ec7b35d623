package org.countyhub.fhir.hl7v2;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.countyhub.fhir.hl7v2.adt.AdtService;
import org.countyhub.fhir.hl7v2.adt.Problems;
import org.countyhub.fhir.hl7v2.message.Acknowledgement;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Header;
import org.countyhub.fhir.hl7v2.message.Location;
import org.countyhub.fhir.hl7v2.message.Message;
import org.countyhub.fhir.hl7v2.message.MessageCharset;
import org.countyhub.fhir.hl7v2.message.MessageError;
import org.countyhub.fhir.hl7v2.message.Refusal;
import org.countyhub.fhir.hl7v2.message.Verdict;
import org.countyhub.fhir.hl7v2.mllp.MessageReceiver;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.hl7v2.sender.Senders;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the bytes of a message to the bytes of its acknowledgement; the one place where a refusal becomes an AE or AR. */
public final class Hl7v2Receiver implements MessageReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(Hl7v2Receiver.class);
    private static final Set<String> VERSIONS = Set.of("2.3", "2.3.1", "2.4", "2.5", "2.5.1");
    private static final Set<String> REGISTER = Set.of("A01", "A04", "A05", "A08", "A28", "A31");
    private static final String MERGE = "A40";
    /** Data type ST of MSH-10 in the versions taken, and as much again. */
    private static final int MAX_CONTROL_ID = 40;

    private final Senders senders;
    private final AdtService adt;
    private final ZoneId zone;
    private final Clock clock;
    private final String prefix = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong answers = new AtomicLong();

    public Hl7v2Receiver(Senders senders, AdtService adt, ZoneId zone, Clock clock) {
        this.senders = senders;
        this.adt = adt;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public byte @Nullable [] receive(byte[] message) {
        Header header = Header.of(message);
        return answered(header, answer(header, message));
    }

    @Override
    public byte @Nullable [] tooLarge(byte[] beginning) {
        Header header = Header.of(beginning);
        Refusal refusal = Refusal.reject(
                Location.segment("MSH"),
                ErrorCode.INTERNAL,
                "the message is larger than " + beginning.length + " bytes, the most that is taken");
        log(header, refusal);
        return answered(header, Acknowledgement.of(refusal));
    }

    private byte @Nullable [] answered(@Nullable Header header, Acknowledgement acknowledgement) {
        String text =
                acknowledgement.text(header, clock.instant().atZone(zone), prefix + "-" + answers.incrementAndGet());
        return text == null ? null : text.getBytes(header == null ? StandardCharsets.UTF_8 : answerCharset(header));
    }

    private Charset answerCharset(Header header) {
        return MessageCharset.named(header.charset())
                .or(() -> sender(header).map(Sender::charset))
                .orElse(StandardCharsets.UTF_8);
    }

    private Acknowledgement answer(@Nullable Header header, byte[] message) {
        try {
            if (header == null) {
                throw Refusal.reject(
                        Location.segment("MSH"), ErrorCode.SEGMENT_SEQUENCE, "the message does not begin with MSH");
            }
            return Acknowledgement.accepted(taken(header, message));
        } catch (Refusal refusal) {
            log(header, refusal);
            return Acknowledgement.of(refusal);
        } catch (ProblemException e) {
            Refusal refusal = Problems.refusal(e.problem());
            log(header, refusal);
            return Acknowledgement.of(refusal);
        } catch (RuntimeException e) {
            String id = UUID.randomUUID().toString();
            // Messages of exceptions may repeat what they choked on.
            LOG.error(
                    "HL7 v2: unexpected {}, correlation id {}, at {}",
                    e.getClass().getName(),
                    id,
                    place(e));
            return Acknowledgement.of(Refusal.reject(
                    Location.segment("MSH"), ErrorCode.INTERNAL, "unexpected error, correlation id " + id));
        }
    }

    private static String place(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    private String taken(Header header, byte[] message) {
        refuseForeign(header);
        Sender sender = sender(header)
                .orElseThrow(() -> Refusal.reject(
                        Location.field("MSH", header.application().isEmpty() ? 4 : 3),
                        ErrorCode.TABLE_VALUE_NOT_FOUND,
                        "no sender of this application and facility (MSH-3, MSH-4) is known"));
        if (!header.processingId().equals(sender.processingId())) {
            throw Refusal.reject(
                    Location.field("MSH", 11),
                    ErrorCode.UNSUPPORTED_PROCESSING_ID,
                    "of this sender only messages with processing ID " + sender.processingId() + " are taken");
        }
        if (header.controlId().isBlank() || header.controlId().length() > MAX_CONTROL_ID) {
            throw Refusal.error(
                    Location.field("MSH", 10),
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    "a message needs a control ID of at most " + MAX_CONTROL_ID + " characters");
        }
        Message content = Message.parse(text(header, sender, message));
        return header.triggerEvent().equals(MERGE)
                ? adt.merge(header, content, sender, senders)
                : adt.register(header, content, sender, senders);
    }

    private static void refuseForeign(Header header) {
        if (!VERSIONS.contains(header.version())) {
            throw Refusal.reject(
                    Location.field("MSH", 12),
                    ErrorCode.UNSUPPORTED_VERSION_ID,
                    "versions 2.3, 2.3.1, 2.4, 2.5 and 2.5.1 are taken");
        }
        if (!header.messageType().equals("ADT")) {
            throw Refusal.reject(
                    Location.field("MSH", 9),
                    ErrorCode.UNSUPPORTED_MESSAGE_TYPE,
                    "only messages of type ADT are taken");
        }
        if (!header.triggerEvent().equals(MERGE) && !REGISTER.contains(header.triggerEvent())) {
            throw Refusal.reject(
                    Location.field("MSH", 9),
                    ErrorCode.UNSUPPORTED_EVENT_CODE,
                    "of ADT the events A01, A04, A05, A08, A28, A31 and A40 are taken");
        }
    }

    private Optional<Sender> sender(Header header) {
        return senders.find(header.application(), header.facility());
    }

    /** The text of a message. Bytes that are none in their character set are refused: half a name is another name. */
    private static String text(Header header, Sender sender, byte[] message) {
        String declared = header.charset();
        Charset configured = sender.charset() == null ? StandardCharsets.US_ASCII : sender.charset();
        Charset charset = declared.isEmpty()
                ? configured
                : MessageCharset.named(declared)
                        .orElseThrow(() -> Refusal.error(
                                Location.field("MSH", 18),
                                ErrorCode.TABLE_VALUE_NOT_FOUND,
                                "the character set is none of UNICODE UTF-8, GB 18030-2000 and ASCII"));
        String text = MessageCharset.decode(message, charset);
        if (text == null) {
            throw Refusal.error(
                    Location.field("MSH", 18),
                    ErrorCode.DATA_TYPE,
                    declared.isEmpty()
                            ? "no character set is declared, and the message is not in " + charset
                            : "the message is not in the character set that is declared");
        }
        return text;
    }

    private static void log(@Nullable Header header, Refusal refusal) {
        MessageError first = refusal.errors().getFirst();
        LOG.info(
                "HL7 v2: {} {} {} at {}",
                refusal.verdict() == Verdict.ERROR ? "AE" : "AR",
                header == null ? "" : printable(header.messageType() + "^" + header.triggerEvent()),
                first.code(),
                first.location());
    }

    /** What is sent must not be able to write lines of the log. */
    private static String printable(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9^_-]", "?");
        return plain.substring(0, Math.min(plain.length(), 20));
    }
}
