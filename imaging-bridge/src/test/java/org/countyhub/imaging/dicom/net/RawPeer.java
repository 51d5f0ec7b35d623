package org.countyhub.imaging.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A peer that can do what no honest one does. */
final class RawPeer implements AutoCloseable {
    static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private byte[] last = new byte[0];

    RawPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** With an association: verification is context 1, CT storage 3, queries are 5. */
    static RawPeer associated(int port) throws IOException {
        RawPeer peer = new RawPeer(port);
        if (peer.associate("RAW", 16_384) != 2) {
            throw new IOException("not accepted");
        }
        return peer;
    }

    /** Asks for an association: the type of the PDU that answers. */
    int associate(String calling, int maxPdu) throws IOException {
        send(request(calling, maxPdu));
        return answer();
    }

    /** A-ASSOCIATE-RQ with the contexts of {@link #associated}. */
    static byte[] request(String calling, int maxPdu) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        items.writeBytes(item(0x10, ascii("1.2.840.10008.3.1.1.1")));
        items.writeBytes(item(0x20, context(1, SopClasses.VERIFICATION)));
        items.writeBytes(item(0x20, context(3, CT)));
        items.writeBytes(item(0x20, context(5, FIND)));
        ByteArrayOutputStream user = new ByteArrayOutputStream();
        user.writeBytes(item(0x51, ByteBuffer.allocate(4).putInt(maxPdu).array()));
        user.writeBytes(item(0x52, ascii("1.2.3")));
        items.writeBytes(item(0x50, user.toByteArray()));
        ByteBuffer body = ByteBuffer.allocate(68 + items.size());
        body.putShort((short) 1).putShort((short) 0).put(padded("COUNTYHUB")).put(padded(calling));
        body.position(68);
        body.put(items.toByteArray());
        return pdu(1, body.array());
    }

    private static byte[] context(int id, String sopClass) {
        byte[] abstractSyntax = item(0x30, ascii(sopClass));
        byte[] transferSyntax = item(0x40, ascii("1.2.840.10008.1.2"));
        return ByteBuffer.allocate(4 + abstractSyntax.length + transferSyntax.length)
                .put((byte) id)
                .put(new byte[3])
                .put(abstractSyntax)
                .put(transferSyntax)
                .array();
    }

    private static byte[] item(int type, byte[] value) {
        return ByteBuffer.allocate(4 + value.length)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static byte[] padded(String title) {
        return ascii("%-16s".formatted(title));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] pdu(int type, byte[] body) {
        return ByteBuffer.allocate(6 + body.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** @param control 1 for a command, 2 for the last of it */
    static byte[] data(int context, int control, byte[] value) {
        return pdu(
                4,
                ByteBuffer.allocate(6 + value.length)
                        .putInt(value.length + 2)
                        .put((byte) context)
                        .put((byte) control)
                        .put(value)
                        .array());
    }

    static byte[] element(int element, byte[] value) {
        return header(element, value.length, value);
    }

    static byte[] header(int element, int length, byte[] value) {
        return ByteBuffer.allocate(8 + value.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) element)
                .putInt(length)
                .put(value)
                .array();
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    /** A command set: group 0000 without its length. */
    static byte[] command(int field, String sopClass, int dataSetType) {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(element(0x0002, ascii(sopClass + (sopClass.length() % 2 == 0 ? "" : "\0"))));
        command.writeBytes(element(0x0100, number(field)));
        command.writeBytes(element(0x0110, number(1)));
        command.writeBytes(element(0x0800, number(dataSetType)));
        command.writeBytes(element(0x1000, ascii("1.2.3\0")));
        return command.toByteArray();
    }

    /** Sends C-ECHO-RQ: whether it is answered. */
    boolean echo() throws IOException {
        send(data(1, 3, command(0x30, SopClasses.VERIFICATION, 0x0101)));
        return answer() == 4;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Ends its own side of the connection. */
    void sendNoMore() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The other side has ended it already.
        }
    }

    /** C-CANCEL-RQ of the operation. */
    static byte[] cancel() {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(element(0x0100, number(0x0FFF)));
        command.writeBytes(element(0x0120, number(1)));
        command.writeBytes(element(0x0800, number(0x0101)));
        return command.toByteArray();
    }

    /** The type of the next PDU, which is read whole; -1 where the connection is closed. */
    int answer() throws IOException {
        return next().length == 0 ? -1 : last[0];
    }

    /** The status in the next response; its data set, which follows it in the PDU, is passed over. */
    int status() throws IOException {
        byte[] pdu = next();
        for (int at = 12; at + 10 <= pdu.length; ) {
            ByteBuffer element = ByteBuffer.wrap(pdu, at, 10).order(ByteOrder.LITTLE_ENDIAN);
            if (element.getInt(at) == 0x09000000) {
                return element.getShort(at + 8) & 0xFFFF;
            }
            at += 8 + element.getInt(at + 4);
        }
        throw new IOException("no status");
    }

    private byte[] next() throws IOException {
        last = new byte[0];
        try {
            byte[] header = socket.getInputStream().readNBytes(6);
            if (header.length == 6) {
                byte[] body = socket.getInputStream()
                        .readNBytes(ByteBuffer.wrap(header).getInt(2));
                last = ByteBuffer.allocate(6 + body.length)
                        .put(header)
                        .put(body)
                        .array();
            }
        } catch (SocketException e) {
            last = new byte[0];
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
