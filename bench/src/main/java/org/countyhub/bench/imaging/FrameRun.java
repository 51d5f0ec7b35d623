package org.countyhub.bench.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.countyhub.bench.dicom.Multipart;
import org.countyhub.bench.load.FloorServer;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Measurement;
import org.countyhub.bench.load.Row;

/** Frames one by one, at random, as viewers ask for them (PS3.18 section 10.4.1.1.6), beside the same bytes served from files. */
final class FrameRun {
    private static final int DIFFERENT = 4_000;
    private static final int COMPARED = 100;

    private FrameRun() {}

    /** One frame of an instance, numbered from 0. */
    record Frame(Sent sent, int index) {
        int length() {
            return sent.frameLengths()[index];
        }

        byte[] bytes() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length());
            try (FileChannel file = FileChannel.open(sent.file())) {
                long position = sent.framePositions()[index];
                while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
                    // Until all of it is there.
                }
            }
            return bytes.array();
        }
    }

    static void run(Session session) {
        Corpus ct = session.stored("ct-8", () -> StoreRun.ctStudies(session, "ct-8"));
        measure(session, ct, DicomWeb.PLAIN_FRAME, RowNames.FRAMES_CT, RowNames.FRAMES_CT_P50);
        floor(session, ct, RowNames.FRAME_FLOOR_CT);
        session.share(RowNames.FRAMES_CT_OF_FLOOR, RowNames.FRAMES_CT, RowNames.FRAME_FLOOR_CT);
        Corpus us = session.stored("us", () -> StoreRun.usStudies(session));
        measure(session, us, DicomWeb.JPEG_FRAME, RowNames.FRAMES_US, RowNames.FRAMES_US_P50);
        floor(session, us, RowNames.FRAME_FLOOR_US);
        session.share(RowNames.FRAMES_US_OF_FLOOR, RowNames.FRAMES_US, RowNames.FRAME_FLOOR_US);
    }

    private static List<Frame> frames(Corpus corpus) {
        List<Frame> all = new ArrayList<>();
        for (Sent sent : corpus.instances()) {
            for (int i = 0; i < sent.frameLengths().length; i++) {
                all.add(new Frame(sent, i));
            }
        }
        Random random = new Random(5);
        List<Frame> drawn = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            drawn.add(all.get(random.nextInt(all.size())));
        }
        return drawn;
    }

    private static void measure(Session session, Corpus corpus, String accept, String name, String p50) {
        DicomWeb web = session.bridge().web();
        List<Frame> frames = frames(corpus);
        List<byte[]> requests = frames.stream()
                .map(frame -> web.get(frame.sent.path() + "/frames/" + (frame.index + 1), accept))
                .toList();
        compare(web, frames.subList(0, COMPARED), requests);
        Measurement measurement = session.rate(
                name,
                session.scaled(2_000, 200),
                session.volume(10_000, 500),
                new Load.Scenario() {
                    @Override
                    public byte[] request(int index) {
                        return requests.get(index % DIFFERENT);
                    }

                    @Override
                    public void answered(int index, byte[] request, HttpConnection answer) {
                        Load.requireStatus(request, answer, 200);
                        if (answer.bodyLength() < frames.get(index % DIFFERENT).length()) {
                            throw new LoadFailure("half a frame");
                        }
                    }
                },
                "%d connections, %,.0f KB a frame".formatted(Session.CONNECTIONS, meanKilobytes(frames)));
        session.p50(p50, measurement.percentiles());
    }

    private static double meanKilobytes(List<Frame> frames) {
        return frames.stream().mapToInt(Frame::length).average().orElse(0) / 1024;
    }

    private static void compare(DicomWeb web, List<Frame> frames, List<byte[]> requests) {
        try (HttpConnection connection = new HttpConnection(web.base())) {
            for (int i = 0; i < frames.size(); i++) {
                connection.exchange(requests.get(i));
                Load.requireStatus(requests.get(i), connection, 200);
                Multipart.Part part = Multipart.parts(connection.body(), connection.bodyLength())
                        .getFirst();
                if (!Arrays.equals(
                        Arrays.copyOfRange(connection.body(), part.from(), part.to()),
                        frames.get(i).bytes())) {
                    throw new LoadFailure("frame " + (frames.get(i).index + 1) + " of "
                            + frames.get(i).sent.path() + " is not what was sent");
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void floor(Session session, Corpus corpus, String name) {
        List<Frame> frames = frames(corpus);
        try (FloorServer server = FloorServer.start(new FrameServlet(frames))) {
            List<byte[]> requests = new ArrayList<>();
            for (int i = 0; i < frames.size(); i++) {
                requests.add(new DicomWeb(server.base()).get(Integer.toString(i), "*/*"));
            }
            Load.Scenario scenario = index -> requests.get(index % DIFFERENT);
            Load.send(server.base(), Session.CONNECTIONS, session.volume(2_000, 200), scenario);
            Measurement measurement =
                    Load.send(server.base(), Session.CONNECTIONS, session.volume(10_000, 500), scenario);
            // This server lives in the process of the load client, whose CPU time says nothing.
            session.add(Row.of(name, measurement.perSecond(), "/s").with(measurement.percentiles()));
        }
    }
}
