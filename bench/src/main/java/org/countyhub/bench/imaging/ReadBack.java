package org.countyhub.bench.imaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.bench.dicom.Multipart;
import org.countyhub.bench.dicom.Part10Reader;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.Load;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.Row;

/** Asks for every instance that was acknowledged and compares its pixel data with what was sent; one that differs ends the run. */
final class ReadBack {
    private static final int CONNECTIONS = 2;

    private ReadBack() {}

    static void run(Session session) {
        List<Sent> all = new ArrayList<>();
        session.stored().forEach(corpus -> all.addAll(corpus.instances()));
        if (all.isEmpty()) {
            return;
        }
        DicomWeb web = session.bridge().web();
        AtomicInteger next = new AtomicInteger();
        Load.clients(web.base(), CONNECTIONS, (number, connection) -> {
            for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
                compare(all.get(i), connection, web.get(all.get(i).path(), DicomWeb.INSTANCE));
            }
        });
        session.add(Row.of(RowNames.LOST, 0, "instances")
                .noting("%,d sent, each read back and compared by the digest of its pixel data".formatted(all.size())));
    }

    /** Refuses an answer that is not the instance as it was sent. */
    static void compare(Sent sent, HttpConnection connection, byte[] request) {
        connection.exchange(request);
        Load.requireStatus(request, connection, 200);
        try {
            List<Multipart.Part> parts = Multipart.parts(connection.body(), connection.bodyLength());
            if (parts.size() != 1) {
                throw new LoadFailure(parts.size() + " parts in the answer about " + sent.path());
            }
            Multipart.Part part = parts.getFirst();
            byte[] digest = Part10Reader.pixelDigest(connection.body(), part.from(), part.to());
            if (!Arrays.equals(digest, sent.pixelDigest())) {
                throw new LoadFailure("the pixel data of " + sent.path() + " is not what was sent");
            }
        } catch (IllegalArgumentException e) {
            throw new LoadFailure("the answer about " + sent.path() + " cannot be read", e);
        }
    }
}
