package org.dhcpcanon.packet;

/**
 * A DHCPv4 message, RFC 2131 §2. Fields have the RFC's meaning, with names that say it.
 *
 * @param operation op: 1 BOOTREQUEST, 2 BOOTREPLY
 * @param transactionId xid
 * @param seconds secs, 0..65535
 * @param flags the flags field, 0x8000 is the broadcast flag
 * @param clientAddress ciaddr
 * @param yourAddress yiaddr
 * @param nextServer siaddr
 * @param relayAddress giaddr
 * @param hardware chaddr; htype is Ethernet
 * @param boot what a host that boots from the network would need
 * @param options all options, with overloaded fields and split options joined
 */
public record Message(
        int operation,
        int transactionId,
        int seconds,
        int flags,
        Ipv4 clientAddress,
        Ipv4 yourAddress,
        Ipv4 nextServer,
        Ipv4 relayAddress,
        MacAddress hardware,
        BootFields boot,
        Options options) {
    public static final int BOOTREQUEST = 1;
    public static final int BOOTREPLY = 2;

    /** One that says nothing to those who boot. */
    public Message(
            int operation,
            int transactionId,
            int seconds,
            int flags,
            Ipv4 clientAddress,
            Ipv4 yourAddress,
            Ipv4 nextServer,
            Ipv4 relayAddress,
            MacAddress hardware,
            Options options) {
        this(
                operation,
                transactionId,
                seconds,
                flags,
                clientAddress,
                yourAddress,
                nextServer,
                relayAddress,
                hardware,
                BootFields.NONE,
                options);
    }

    /** Option 53; present and valid in every decoded message and every message that we build. */
    public MessageType type() {
        return options.find(Option.DHCP_MESSAGE_TYPE)
                .filter(value -> value.length() == 1)
                .flatMap(value -> MessageType.byCode(value.u8At(0)))
                .orElseThrow(() -> new IllegalStateException("a message without option 53"));
    }

    /** The same message with other options. */
    public Message withOptions(Options others) {
        return new Message(
                operation,
                transactionId,
                seconds,
                flags,
                clientAddress,
                yourAddress,
                nextServer,
                relayAddress,
                hardware,
                boot,
                others);
    }
}
