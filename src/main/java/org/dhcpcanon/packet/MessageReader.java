package org.dhcpcanon.packet;

import java.util.Optional;

/** Reads a DHCP payload: header, cookie, options with overload and split options joined. */
public final class MessageReader {
    private static final int FILE_HAS_OPTIONS = 1;
    private static final int SERVER_NAME_HAS_OPTIONS = 2;
    private static final int BOTH_HAVE_OPTIONS = 3;

    private MessageReader() {}

    /**
     * Reads a server's message: a BOOTREPLY that is an OFFER, an ACK or a NAK.
     *
     * @param bytes holds the UDP payload in {@code from} (inclusive) .. {@code to} (exclusive)
     * @throws MalformedPacketException with the reason; never anything else, whatever the bytes are
     */
    public static Message read(byte[] bytes, int from, int to) throws MalformedPacketException {
        Message message = readAny(bytes, from, to);
        require(message.operation() == Message.BOOTREPLY, DropReason.NOT_A_REPLY);
        requireServerType(message.options());
        return message;
    }

    /**
     * Reads a message of any sender, for tools that look at traffic. Option 53 may be missing or unknown, so that
     * {@link Message#type} of the result can throw.
     *
     * @param bytes as for {@link #read}
     * @throws MalformedPacketException if header, cookie or options are broken; never anything else
     */
    public static Message readAny(byte[] bytes, int from, int to) throws MalformedPacketException {
        require(to - from >= MessageLayout.OPTIONS, DropReason.TRUNCATED);
        Octets header = Octets.copyOf(bytes, from, from + MessageLayout.OPTIONS);
        require(isEthernet(header), DropReason.BAD_HARDWARE);
        require(header.u32At(MessageLayout.COOKIE) == MessageLayout.COOKIE_VALUE, DropReason.NO_COOKIE);
        Options options = options(bytes, from, to);
        return message(header, boot(header, options), options);
    }

    private static BootFields boot(Octets header, Options options) {
        int overload = options.find(Option.OVERLOAD).map(value -> value.u8At(0)).orElse(0);
        return new BootFields(
                (overload & SERVER_NAME_HAS_OPTIONS) == 0
                        ? text(header.slice(MessageLayout.SERVER_NAME, MessageLayout.FILE))
                        : Octets.EMPTY,
                (overload & FILE_HAS_OPTIONS) == 0
                        ? text(header.slice(MessageLayout.FILE, MessageLayout.COOKIE))
                        : Octets.EMPTY);
    }

    private static Octets text(Octets field) {
        int end = 0;
        while (end < field.length() && field.u8At(end) != 0) {
            end++;
        }
        return field.slice(0, end);
    }

    private static boolean isEthernet(Octets header) {
        return header.u8At(MessageLayout.HARDWARE_TYPE) == MessageLayout.ETHERNET
                && header.u8At(MessageLayout.HARDWARE_LENGTH) == MacAddress.LENGTH;
    }

    private static Message message(Octets header, BootFields boot, Options options) {
        return new Message(
                header.u8At(MessageLayout.OPERATION),
                (int) header.u32At(MessageLayout.TRANSACTION_ID),
                header.u16At(MessageLayout.SECONDS),
                header.u16At(MessageLayout.FLAGS),
                header.addressAt(MessageLayout.CLIENT_ADDRESS),
                header.addressAt(MessageLayout.YOUR_ADDRESS),
                header.addressAt(MessageLayout.NEXT_SERVER),
                header.addressAt(MessageLayout.RELAY_ADDRESS),
                MacAddress.at(header.toArray(), MessageLayout.HARDWARE),
                boot,
                options);
    }

    /** The order of the fields is that of RFC 3396 §5: it decides how the pieces of a split option are joined. */
    private static Options options(byte[] bytes, int from, int to) throws MalformedPacketException {
        OptionFields fields = new OptionFields(bytes);
        fields.read(from + MessageLayout.OPTIONS, to);
        int overload = overload(fields);
        if ((overload & FILE_HAS_OPTIONS) != 0) {
            fields.read(from + MessageLayout.FILE, from + MessageLayout.COOKIE);
        }
        if ((overload & SERVER_NAME_HAS_OPTIONS) != 0) {
            fields.read(from + MessageLayout.SERVER_NAME, from + MessageLayout.FILE);
        }
        // An option 52 inside an overloaded field would make the value longer.
        require(overload(fields) == overload, DropReason.BAD_OVERLOAD);
        return fields.joined();
    }

    /** Which fields hold options, RFC 2132 §9.3: 1..3, or 0 if the option is not there. */
    private static int overload(OptionFields fields) throws MalformedPacketException {
        Optional<Octets> value = fields.find(Option.OVERLOAD);
        if (value.isEmpty()) {
            return 0;
        }
        require(value.get().length() == 1, DropReason.BAD_OVERLOAD);
        int overload = value.get().u8At(0);
        require(overload >= FILE_HAS_OPTIONS && overload <= BOTH_HAVE_OPTIONS, DropReason.BAD_OVERLOAD);
        return overload;
    }

    private static void requireServerType(Options options) throws MalformedPacketException {
        Octets value = options.find(Option.DHCP_MESSAGE_TYPE)
                .orElseThrow(() -> new MalformedPacketException(DropReason.NO_MESSAGE_TYPE));
        require(value.length() == 1, DropReason.BAD_MESSAGE_TYPE);
        boolean known = MessageType.byCode(value.u8At(0))
                .filter(MessageReader::comesFromServer)
                .isPresent();
        require(known, DropReason.BAD_MESSAGE_TYPE);
    }

    private static boolean comesFromServer(MessageType type) {
        return type == MessageType.OFFER || type == MessageType.ACK || type == MessageType.NAK;
    }

    private static void require(boolean condition, DropReason reason) throws MalformedPacketException {
        if (!condition) {
            throw new MalformedPacketException(reason);
        }
    }
}
