package org.dhcpcanon.packet;

/** The option table. (Skeleton: rows get code, codec, RFC and text name.) */
public enum Option {
    SUBNET_MASK(1),
    ROUTERS(3),
    DOMAIN_NAME_SERVERS(6),
    HOST_NAME(12),
    DOMAIN_NAME(15),
    INTERFACE_MTU(26),
    BROADCAST_ADDRESS(28),
    STATIC_ROUTES(33),
    REQUESTED_ADDRESS(50),
    LEASE_TIME(51),
    OVERLOAD(52),
    DHCP_MESSAGE_TYPE(53),
    SERVER_IDENTIFIER(54),
    PARAMETER_REQUEST_LIST(55),
    RENEWAL_TIME(58),
    REBINDING_TIME(59),
    CLIENT_IDENTIFIER(61),
    CLASSLESS_STATIC_ROUTES(121),
    MS_CLASSLESS_STATIC_ROUTES(249);

    private final int code;

    Option(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
