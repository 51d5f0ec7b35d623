package org.countyhub.bench.dicom;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A sender over one association: C-STORE, one instance after another (PS3.7 section 9.1.1, PS3.8 section 9.3). Holds no more of an
 * instance than one PDU. Not for several threads.
 */
public final class StoreScu implements AutoCloseable {
    public static final int SUCCESS = 0;

    private static final int P_DATA = 4;
    private static final int RELEASE_REQUEST = 5;
    private static final int RELEASE_RESPONSE = 6;
    private static final int C_STORE_REQUEST = 0x0001;
    private static final int C_STORE_RESPONSE = 0x8001;
    private static final int OWN_MAXIMUM_LENGTH = 16 * 1024;
    private static final int LONGEST_PDU = 256 * 1024;
    private static final int MOST_CONTEXTS = 128;
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Associate.Granted granted;
    private int messages;

    private StoreScu(Socket socket, Associate.Granted granted) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
        this.granted = granted;
    }

    /** Whom to call, and as whom. */
    public record Call(String host, int port, String calling, String called) {}

    /**
     * Opens an association.
     *
     * @param presentations at most 128
     * @param patience how long an answer may take
     * @throws AssociationRefused when the called side does not want it
     */
    public static StoreScu open(Call call, List<Presentation> presentations, Duration patience) throws IOException {
        if (presentations.size() > MOST_CONTEXTS) {
            throw new IllegalArgumentException("an association carries at most " + MOST_CONTEXTS + " presentations");
        }
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(new InetSocketAddress(call.host, call.port), (int) CONNECT.toMillis());
            socket.getOutputStream()
                    .write(Associate.request(call.calling, call.called, presentations, OWN_MAXIMUM_LENGTH));
            Pdu answer = Pdu.read(new DataInputStream(socket.getInputStream()));
            return switch (answer.type) {
                case Associate.ACCEPT -> new StoreScu(socket, Associate.granted(answer.body, presentations));
                case Associate.REJECT ->
                    throw new AssociationRefused(call.called + " rejects the association of " + call.calling
                            + ": result %d, source %d, reason %d (PS3.8 section 9.3.4)"
                                    .formatted(answer.body[1], answer.body[2], answer.body[3]));
                default -> throw answer.unexpected();
            };
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends an instance and waits for its status: 0 for success, 0xB000 for a warning, others in PS3.4 section B.2.3. */
    public int store(Instance instance) throws IOException {
        int context = context(Presentation.of(instance));
        try (PduStream command = new PduStream(context, true)) {
            command.write(command(instance));
        }
        try (PduStream dataset = new PduStream(context, false)) {
            instance.writeDataset(dataset);
        }
        return status();
    }

    private int context(Presentation presentation) throws AssociationRefused {
        for (Map.Entry<Integer, Presentation> context : granted.contexts().entrySet()) {
            if (context.getValue().equals(presentation)) {
                return context.getKey();
            }
        }
        throw new AssociationRefused(
                "the called side does not take " + presentation.sopClassUid() + " in " + presentation.transferSyntax());
    }

    /** C-STORE-RQ, in implicit VR little endian (PS3.7 section 9.3.1.1). */
    private byte[] command(Instance instance) {
        messages = messages % 0xFFFF + 1;
        byte[] elements = concatenated(
                text(0x0000_0002, instance.sopClassUid()),
                number(0x0000_0100, C_STORE_REQUEST),
                number(0x0000_0110, messages),
                number(0x0000_0700, 0),
                // Anything but 0x0101 says that a data set follows.
                number(0x0000_0800, 0),
                text(0x0000_1000, instance.sopInstanceUid()));
        byte[] length = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(elements.length)
                .array();
        return concatenated(Attributes.bare(0, 4), length, elements);
    }

    private static byte[] text(int tag, String uid) {
        byte[] value = (uid.length() % 2 == 0 ? uid : uid + "\0").getBytes(StandardCharsets.US_ASCII);
        return concatenated(Attributes.bare(tag, value.length), value);
    }

    private static byte[] number(int tag, int value) {
        return concatenated(Attributes.bare(tag, 2), new byte[] {(byte) value, (byte) (value >>> 8)});
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                java.util.Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** The status of the answer to the last message. */
    private int status() throws IOException {
        java.io.ByteArrayOutputStream command = new java.io.ByteArrayOutputStream();
        while (true) {
            Pdu pdu = Pdu.read(in);
            if (pdu.type != P_DATA) {
                throw pdu.unexpected();
            }
            ByteBuffer values = ByteBuffer.wrap(pdu.body);
            while (values.hasRemaining()) {
                int length = values.getInt();
                int control = values.get(values.position() + 1);
                command.write(pdu.body, values.position() + 2, length - 2);
                values.position(values.position() + length);
                if ((control & 2) != 0) {
                    return Command.read(command.toByteArray()).status(messages);
                }
            }
        }
    }

    /** A command set, as far as a sender looks at it. */
    private record Command(Map<Integer, Integer> numbers) {
        static Command read(byte[] bytes) {
            Map<Integer, Integer> numbers = new java.util.HashMap<>();
            ByteBuffer elements = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (elements.remaining() >= 8) {
                int tag = elements.getShort() << 16 | Short.toUnsignedInt(elements.getShort());
                int length = elements.getInt();
                if (length == 2) {
                    numbers.put(tag, Short.toUnsignedInt(elements.getShort(elements.position())));
                }
                elements.position(elements.position() + length);
            }
            return new Command(numbers);
        }

        int status(int message) throws IOException {
            if (numbers.getOrDefault(0x0000_0100, 0) != C_STORE_RESPONSE
                    || numbers.getOrDefault(0x0000_0120, 0) != message
                    || !numbers.containsKey(0x0000_0900)) {
                throw new IOException("an answer that is none to message " + message + ": " + numbers);
            }
            return numbers.get(0x0000_0900);
        }
    }

    /** One PDU without its head. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pdu(int type, byte[] body) {
        static Pdu read(DataInputStream in) throws IOException {
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int length = in.readInt();
            if (length < 4 || length > LONGEST_ANSWER) {
                throw new IOException("a PDU of type " + type + " and " + Integer.toUnsignedString(length) + " bytes");
            }
            byte[] body = new byte[length];
            in.readFully(body);
            return new Pdu(type, body);
        }

        AssociationRefused unexpected() {
            return new AssociationRefused(
                    type == Associate.ABORT
                            ? "the association was aborted: source %d, reason %d (PS3.8 section 9.3.8)"
                                    .formatted(body[2], body[3])
                            : "an unexpected PDU of type " + type);
        }
    }

    /** A command or a data set, cut into P-DATA-TF PDUs of one value each. */
    private final class PduStream extends OutputStream {
        private static final int HEAD = 6 + 6;

        private final ByteBuffer pdu;
        private final int context;
        private final int kind;

        PduStream(int context, boolean command) {
            int most = granted.maximumLength() <= 0 ? LONGEST_PDU : Math.min(granted.maximumLength(), LONGEST_PDU);
            pdu = ByteBuffer.allocate(6 + most).position(HEAD);
            this.context = context;
            kind = command ? 1 : 0;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int sent = 0;
            while (sent < length) {
                // Full only when more comes, so that the last one is told from the others.
                if (!pdu.hasRemaining()) {
                    send(0);
                }
                int part = Math.min(length - sent, pdu.remaining());
                pdu.put(bytes, from + sent, part);
                sent += part;
            }
        }

        private void send(int last) throws IOException {
            int length = pdu.position() - HEAD;
            pdu.put(0, (byte) P_DATA).putInt(2, length + 6).putInt(6, length + 2);
            pdu.put(10, (byte) context).put(11, (byte) (kind | last));
            out.write(pdu.array(), 0, pdu.position());
            pdu.position(HEAD);
        }

        @Override
        public void close() throws IOException {
            send(2);
        }
    }

    /** Releases the association. */
    @Override
    public void close() throws IOException {
        try (socket) {
            out.write(new byte[] {RELEASE_REQUEST, 0, 0, 0, 0, 4, 0, 0, 0, 0});
            Pdu answer = Pdu.read(in);
            if (answer.type != RELEASE_RESPONSE) {
                throw answer.unexpected();
            }
        }
    }
}
