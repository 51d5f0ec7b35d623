package org.countyhub.imaging.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.countyhub.imaging.ImagingProcess;

/** Modalities by C-STORE and clients by STOW-RS, who send what they were not told to be stored again the next time, as they do. */
final class Senders {
    private static final int MODALITIES = 4;
    private static final int CLIENTS = 2;
    private static final int OF_ONE_REQUEST = 3;
    private static final int PAUSE_MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "upload";

    private final Ledger ledger;
    private final List<Sender> senders = new ArrayList<>();

    Senders(Ledger ledger) {
        this.ledger = ledger;
        for (int i = 0; i < MODALITIES + CLIENTS; i++) {
            senders.add(new Sender(i));
        }
    }

    /** What one of them has still to send, in whichever way. */
    private final class Sender {
        private final int number;
        private final Deque<Slice> pending = new ArrayDeque<>();
        private int next;

        Sender(int number) {
            this.number = number;
        }

        Slice take() {
            Slice slice = pending.isEmpty() ? Slice.of(number, next++) : pending.removeFirst();
            ledger.sending(slice);
            return slice;
        }

        /** Notes what was said of a slice; without an answer, or refused, it is sent again. */
        void settle(Slice slice, boolean stored) {
            if (stored) {
                ledger.acknowledged(slice);
            } else {
                pending.addLast(slice);
            }
        }
    }

    /** The senders at work. */
    record Work(ExecutorService threads, List<Future<?>> senders, AtomicBoolean stopped) {
        void stop() {
            stopped.set(true);
        }

        /** Waits until all have stopped, by themselves or because the bridge is gone. */
        void join() throws InterruptedException {
            for (Future<?> sender : senders) {
                try {
                    sender.get();
                } catch (ExecutionException e) {
                    throw new AssertionError("a sender failed", e.getCause());
                }
            }
            threads.close();
        }
    }

    /** Has all of them send until they are stopped or find the bridge gone. */
    Work send(ImagingProcess bridge) {
        ExecutorService threads = Executors.newFixedThreadPool(senders.size());
        AtomicBoolean stopped = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        for (Sender sender : senders) {
            running.add(threads.submit(() -> {
                while (!stopped.get() && bridge.isAlive()) {
                    if (sender.number < MODALITIES) {
                        modality(sender, bridge, stopped);
                    } else {
                        client(sender, bridge);
                    }
                }
            }));
        }
        return new Work(threads, running, stopped);
    }

    /** One association, until it breaks. */
    private void modality(Sender sender, ImagingProcess bridge, AtomicBoolean stopped) {
        try (Modality modality = new Modality(bridge.dicomPort())) {
            while (!stopped.get()) {
                Slice slice = sender.take();
                boolean stored = false;
                try {
                    int status = modality.store(slice);
                    stored = status == 0;
                    // Nothing but "not now" is a right answer to a right instance.
                    assertThat(status).as("status %04X", status).isIn(0, 0xA700);
                } finally {
                    sender.settle(slice, stored);
                }
                if (!stored) {
                    pause();
                }
            }
        } catch (IOException e) {
            pause();
        }
    }

    /** One request of several instances. */
    private void client(Sender sender, ImagingProcess bridge) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < OF_ONE_REQUEST; i++) {
            slices.add(sender.take());
        }
        Set<String> stored = new HashSet<>();
        try {
            HttpResponse<byte[]> answer = bridge.post(
                    "/studies", "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY, body(slices));
            assertThat(answer.statusCode())
                    .as(new String(answer.body(), StandardCharsets.UTF_8))
                    .isIn(200, 202, 409, 503);
            if (answer.statusCode() == 200 || answer.statusCode() == 202) {
                for (JsonNode item :
                        JSON.readTree(answer.body()).path("00081199").path("Value")) {
                    stored.add(item.path("00081155").path("Value").path(0).asText());
                }
            }
            if (stored.size() < slices.size()) {
                pause();
            }
        } catch (UncheckedIOException e) {
            pause();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            slices.forEach(slice -> sender.settle(slice, stored.contains(slice.uid())));
        }
    }

    private static byte[] body(List<Slice> slices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Slice slice : slices) {
            out.writeBytes(("\r\n--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(slice.file());
        }
        out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
