package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.AAbort;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests to their services, and turns how they end into responses. What is stored is read in the thread of the association; all
 * else runs beside it, so that a C-CANCEL is heard and C-STORE responses during a C-GET come in.
 */
final class Dispatcher implements DimseRQHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** What a refused data set may be passed over; whoever sends more is cut off. */
    private static final long MAX_DRAINED = 4L << 30;

    private final Services services;

    Dispatcher(Services services) {
        this.services = services;
    }

    @Override
    public void onDimse(
            Association association,
            Presentation context,
            Dimse dimse,
            Attributes command,
            @Nullable PDVInputStream data)
            throws IOException {
        Incoming in = data == null ? null : new Incoming(data);
        Session session = association.getProperty(Session.class);
        if (session == null || !session.begin()) {
            Exchange refused = new Exchange(association, context, dimse, command, () -> {});
            drain(in);
            // Without a session it is a provider that the hub has called, asking for something on the hub's own
            // association.
            refused.end(
                    session == null
                            ? Status.of(0x0122, "the hub provides nothing here")
                            : Status.of(0x0213, "one operation at a time was agreed"));
            return;
        }
        Exchange exchange = new Exchange(association, context, dimse, command, session::end);
        boolean goesOn = false;
        try {
            goesOn = begin(exchange, session.caller(), in);
        } finally {
            if (!goesOn) {
                exchange.release();
            }
        }
    }

    /** Whether the operation goes on in a thread of its own. */
    private boolean begin(Exchange exchange, Caller caller, @Nullable Incoming in) throws IOException {
        Status.Kind kind = exchange.kind();
        try {
            switch (exchange.dimse()) {
                case C_ECHO_RQ -> exchange.end(Status.SUCCESS);
                case C_STORE_RQ -> store(exchange, caller, in);
                case C_FIND_RQ, C_GET_RQ, C_MOVE_RQ, N_CREATE_RQ, N_SET_RQ, N_ACTION_RQ -> {
                    Runnable work = work(exchange, caller, in);
                    Thread.ofVirtual().name("dicom-" + exchange.dimse()).start(work);
                    return true;
                }
                default -> throw new Refusal(Status.of(0x0211, "the hub does not know this operation"));
            }
        } catch (ProblemException | Refusal e) {
            drain(in);
            exchange.end(status(e, kind));
        } catch (IOException | RuntimeException e) {
            if (e instanceof AAbort || (in != null && in.isBroken())) {
                throw e;
            }
            LOG.error("{} of {} failed", exchange.dimse(), caller, e);
            drain(in);
            exchange.end(Status.processingFailure());
        }
        return false;
    }

    private static void drain(@Nullable Incoming in) throws IOException {
        if (in != null) {
            in.drain(MAX_DRAINED);
        }
    }

    private static Status status(RuntimeException e, Status.Kind kind) {
        return switch (e) {
            case ProblemException refused -> Status.of(refused.problem(), kind);
            case Refusal refused -> refused.status();
            default -> Status.processingFailure();
        };
    }

    private void store(Exchange exchange, Caller caller, @Nullable Incoming in) throws IOException {
        if (in == null) {
            throw new Refusal(Status.of(0xA900, "there is no data set"));
        }
        StoreService.Sent sent = new StoreService.Sent(
                exchange.sopClassUid(),
                exchange.sopInstanceUid(),
                exchange.context().getTransferSyntax());
        if (!SopClasses.isStorage(sent.sopClassUid(), true)) {
            throw new Refusal(Status.of(0x0122, "not a storage SOP class"));
        }
        Status status = services.store().store(caller, sent, in);
        drain(in);
        exchange.end(status);
    }

    private Runnable work(Exchange exchange, Caller caller, @Nullable Incoming in) throws IOException {
        // Looked up before the identifier is read: an operation that is not there needs none.
        Operation operation = operation(exchange, caller);
        Dataset dataset = in == null
                ? Dataset.EMPTY
                : Identifiers.read(in, exchange.context().getTransferSyntax());
        drain(in);
        AtomicBoolean cancelled = new AtomicBoolean();
        exchange.onCancel(() -> cancelled.set(true));
        return () -> {
            try {
                operation.run(dataset, cancelled);
            } catch (ProblemException | Refusal e) {
                exchange.tryEnd(status(e, exchange.kind()));
            } catch (IOException | RuntimeException e) {
                if (exchange.isOpen()) {
                    LOG.error("{} of {} failed", exchange.dimse(), caller, e);
                }
                exchange.tryEnd(Status.processingFailure());
            } finally {
                exchange.release();
            }
        };
    }

    /** An operation that awaits its data set. */
    @FunctionalInterface
    private interface Operation {
        void run(Dataset dataset, AtomicBoolean cancelled) throws IOException;
    }

    private Operation operation(Exchange exchange, Caller caller) {
        String sopClass = exchange.sopClassUid();
        return switch (exchange.dimse()) {
            case C_FIND_RQ -> {
                FindService service = services.find(sopClass);
                yield (identifier, cancelled) ->
                        exchange.end(service.find(caller, sopClass, identifier, exchange.matches(cancelled)));
            }
            case C_MOVE_RQ -> {
                RetrieveService service = services.retrieve(sopClass);
                yield (identifier, cancelled) -> exchange.end(service.move(
                        caller,
                        exchange.destination(),
                        exchange.messageId(),
                        identifier,
                        exchange.progress(cancelled)));
            }
            case C_GET_RQ -> {
                RetrieveService service = services.retrieve(sopClass);
                yield (identifier, cancelled) ->
                        exchange.end(service.get(caller, identifier, exchange.outlet(), exchange.progress(cancelled)));
            }
            case N_CREATE_RQ -> normalized(exchange, caller, NormalizedService.Operation.CREATE);
            case N_SET_RQ -> normalized(exchange, caller, NormalizedService.Operation.SET);
            case N_ACTION_RQ -> normalized(exchange, caller, NormalizedService.Operation.ACTION);
            default -> throw new IllegalStateException(exchange.dimse() + " has no service");
        };
    }

    private Operation normalized(Exchange exchange, Caller caller, NormalizedService.Operation operation) {
        NormalizedService service = services.normalized(exchange.sopClassUid());
        return (dataset, cancelled) -> exchange.end(service.handle(
                caller,
                new NormalizedService.Request(
                        operation, exchange.sopClassUid(), exchange.sopInstanceUid(), exchange.actionType(), dataset),
                exchange.outlet()));
    }

    @Override
    public void onClose(Association association) {
        // Whoever still works for it finds that out when it writes.
    }
}
