package org.countyhub.bench.imaging;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.Multipart;
import org.countyhub.bench.dicom.PixelData;
import org.countyhub.bench.dicom.Presentation;
import org.countyhub.bench.dicom.StoreScu;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Processes;
import org.countyhub.bench.load.Row;

/** One image that fills an element all but, made while it is sent, and the memory that the bridge takes meanwhile. */
final class LargeRun {
    /** 8,000 × 512 KB are 4.19 GB; an element ends at 4.29. */
    private static final int FRAMES = 8_000;

    private static final int FRAMES_A_REQUEST = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private LargeRun() {}

    static void run(Session session) {
        session.notePeak();
        boolean forgotten = Processes.forgetPeak(session.bridge().processId());
        Instance instance = Studies.large("large", Math.min(FRAMES, session.scaled(FRAMES, 100)));
        PixelData pixels = instance.pixels().orElseThrow();
        double megabytes = pixels.frames() * (double) pixels.frame(0).length / Session.MEGABYTE;
        long start = System.nanoTime();
        send(session, instance);
        double seconds = (System.nanoTime() - start) / 1e9;
        session.add(Row.of(RowNames.LARGE, megabytes / seconds, "MB/s")
                .noting("%,.0f MB in %,d frames, by an association".formatted(megabytes, pixels.frames())));
        readBack(session, instance, pixels);
        session.add(Row.of(
                        RowNames.LARGE_MEMORY,
                        Processes.peakResidentBytes(session.bridge().processId()) / Session.MEGABYTE,
                        "MB")
                .noting(forgotten ? "" : "since the start of the server"));
    }

    private static void send(Session session, Instance instance) {
        StoreScu.Call call = new StoreScu.Call("127.0.0.1", session.bridge().dicomPort(), "BENCH", Bridge.AE_TITLE);
        try (StoreScu association = StoreScu.open(call, List.of(Presentation.of(instance)), PATIENCE)) {
            int status = association.store(instance);
            if (status != StoreScu.SUCCESS) {
                throw new LoadFailure("C-STORE of the large image was answered with status %04X".formatted(status));
            }
        } catch (IOException e) {
            throw new LoadFailure("C-STORE of the large image failed", e);
        }
    }

    /** All of its frames must come back, some at a time. */
    private static void readBack(Session session, Instance instance, PixelData pixels) {
        DicomWeb web = session.bridge().web();
        MessageDigest digest = sha256();
        String path = "studies/" + instance.studyUid() + "/series/" + instance.seriesUid() + "/instances/"
                + instance.sopInstanceUid() + "/frames/";
        try (HttpConnection connection = new HttpConnection(web.base())) {
            for (int from = 1; from <= pixels.frames(); from += FRAMES_A_REQUEST) {
                int to = Math.min(pixels.frames(), from + FRAMES_A_REQUEST - 1);
                String numbers = IntStream.rangeClosed(from, to)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
                byte[] request = web.get(path + numbers, DicomWeb.PLAIN_FRAME);
                connection.exchange(request);
                Load.requireStatus(request, connection, 200);
                for (Multipart.Part part : Multipart.parts(connection.body(), connection.bodyLength())) {
                    digest.update(connection.body(), part.from(), part.length());
                }
            }
        }
        if (!Arrays.equals(digest.digest(), pixels.digest())) {
            throw new LoadFailure("the frames of the large image are not what was sent");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
