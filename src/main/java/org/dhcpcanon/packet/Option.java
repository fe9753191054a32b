package org.dhcpcanon.packet;

import static org.dhcpcanon.packet.OptionCodec.ADDRESS;
import static org.dhcpcanon.packet.OptionCodec.BYTES;
import static org.dhcpcanon.packet.OptionCodec.DOMAINS;
import static org.dhcpcanon.packet.OptionCodec.FLAG;
import static org.dhcpcanon.packet.OptionCodec.NAME;
import static org.dhcpcanon.packet.OptionCodec.PATH;
import static org.dhcpcanon.packet.OptionCodec.ROUTES;
import static org.dhcpcanon.packet.OptionCodec.S32;
import static org.dhcpcanon.packet.OptionCodec.SEARCH_LIST;
import static org.dhcpcanon.packet.OptionCodec.TEXT;
import static org.dhcpcanon.packet.OptionCodec.U16;
import static org.dhcpcanon.packet.OptionCodec.U32;
import static org.dhcpcanon.packet.OptionCodec.U8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The option table: code, shape of the value, where it is specified, and the name in scripts and in NetworkManager. Names are
 * those of dhclient, with underscores; codes that are not here are called {@code unknown_N}.
 */
public enum Option {
    SUBNET_MASK(1, ADDRESS, "RFC 2132 §3.3", "subnet_mask"),
    TIME_OFFSET(2, S32, "RFC 2132 §3.4", "time_offset"),
    ROUTERS(3, ADDRESS.list(), "RFC 2132 §3.5", "routers"),
    TIME_SERVERS(4, ADDRESS.list(), "RFC 2132 §3.6", "time_servers"),
    IEN116_NAME_SERVERS(5, ADDRESS.list(), "RFC 2132 §3.7", "ien116_name_servers"),
    DOMAIN_NAME_SERVERS(6, ADDRESS.list(), "RFC 2132 §3.8", "domain_name_servers"),
    LOG_SERVERS(7, ADDRESS.list(), "RFC 2132 §3.9", "log_servers"),
    COOKIE_SERVERS(8, ADDRESS.list(), "RFC 2132 §3.10", "cookie_servers"),
    LPR_SERVERS(9, ADDRESS.list(), "RFC 2132 §3.11", "lpr_servers"),
    IMPRESS_SERVERS(10, ADDRESS.list(), "RFC 2132 §3.12", "impress_servers"),
    RESOURCE_LOCATION_SERVERS(11, ADDRESS.list(), "RFC 2132 §3.13", "resource_location_servers"),
    HOST_NAME(12, NAME, "RFC 2132 §3.14", "host_name"),
    BOOT_SIZE(13, U16, "RFC 2132 §3.15", "boot_size"),
    MERIT_DUMP(14, TEXT, "RFC 2132 §3.16", "merit_dump"),
    DOMAIN_NAME(15, NAME, "RFC 2132 §3.17", "domain_name"),
    SWAP_SERVER(16, ADDRESS, "RFC 2132 §3.18", "swap_server"),
    ROOT_PATH(17, PATH, "RFC 2132 §3.19", "root_path"),
    EXTENSIONS_PATH(18, TEXT, "RFC 2132 §3.20", "extensions_path"),
    IP_FORWARDING(19, FLAG, "RFC 2132 §4.1", "ip_forwarding"),
    NON_LOCAL_SOURCE_ROUTING(20, FLAG, "RFC 2132 §4.2", "non_local_source_routing"),
    POLICY_FILTER(21, ADDRESS.then(ADDRESS).list(), "RFC 2132 §4.3", "policy_filter"),
    MAX_DGRAM_REASSEMBLY(22, U16, "RFC 2132 §4.4", "max_dgram_reassembly"),
    DEFAULT_IP_TTL(23, U8, "RFC 2132 §4.5", "default_ip_ttl"),
    PATH_MTU_AGING_TIMEOUT(24, U32, "RFC 2132 §4.6", "path_mtu_aging_timeout"),
    PATH_MTU_PLATEAU_TABLE(25, U16.list(), "RFC 2132 §4.7", "path_mtu_plateau_table"),
    INTERFACE_MTU(26, U16, "RFC 2132 §5.1", "interface_mtu"),
    ALL_SUBNETS_LOCAL(27, FLAG, "RFC 2132 §5.2", "all_subnets_local"),
    BROADCAST_ADDRESS(28, ADDRESS, "RFC 2132 §5.3", "broadcast_address"),
    PERFORM_MASK_DISCOVERY(29, FLAG, "RFC 2132 §5.4", "perform_mask_discovery"),
    MASK_SUPPLIER(30, FLAG, "RFC 2132 §5.5", "mask_supplier"),
    ROUTER_DISCOVERY(31, FLAG, "RFC 2132 §5.6", "router_discovery"),
    ROUTER_SOLICITATION_ADDRESS(32, ADDRESS, "RFC 2132 §5.7", "router_solicitation_address"),
    STATIC_ROUTES(33, ADDRESS.then(ADDRESS).list(), "RFC 2132 §5.8", "static_routes"),
    TRAILER_ENCAPSULATION(34, FLAG, "RFC 2132 §6.1", "trailer_encapsulation"),
    ARP_CACHE_TIMEOUT(35, U32, "RFC 2132 §6.2", "arp_cache_timeout"),
    IEEE802_3_ENCAPSULATION(36, FLAG, "RFC 2132 §6.3", "ieee802_3_encapsulation"),
    DEFAULT_TCP_TTL(37, U8, "RFC 2132 §7.1", "default_tcp_ttl"),
    TCP_KEEPALIVE_INTERVAL(38, U32, "RFC 2132 §7.2", "tcp_keepalive_interval"),
    TCP_KEEPALIVE_GARBAGE(39, FLAG, "RFC 2132 §7.3", "tcp_keepalive_garbage"),
    NIS_DOMAIN(40, NAME, "RFC 2132 §8.1", "nis_domain"),
    NIS_SERVERS(41, ADDRESS.list(), "RFC 2132 §8.2", "nis_servers"),
    NTP_SERVERS(42, ADDRESS.list(), "RFC 2132 §8.3", "ntp_servers"),
    VENDOR_ENCAPSULATED_OPTIONS(43, BYTES, "RFC 2132 §8.4", "vendor_encapsulated_options"),
    NETBIOS_NAME_SERVERS(44, ADDRESS.list(), "RFC 2132 §8.5", "netbios_name_servers"),
    NETBIOS_DD_SERVER(45, ADDRESS.list(), "RFC 2132 §8.6", "netbios_dd_server"),
    NETBIOS_NODE_TYPE(46, U8, "RFC 2132 §8.7", "netbios_node_type"),
    NETBIOS_SCOPE(47, NAME, "RFC 2132 §8.8", "netbios_scope"),
    FONT_SERVERS(48, ADDRESS.list(), "RFC 2132 §8.9", "font_servers"),
    X_DISPLAY_MANAGER(49, ADDRESS.list(), "RFC 2132 §8.10", "x_display_manager"),
    REQUESTED_ADDRESS(50, ADDRESS, "RFC 2132 §9.1", "dhcp_requested_address"),
    LEASE_TIME(51, U32, "RFC 2132 §9.2", "dhcp_lease_time"),
    OVERLOAD(52, U8, "RFC 2132 §9.3", "dhcp_option_overload"),
    DHCP_MESSAGE_TYPE(53, U8, "RFC 2132 §9.6", "dhcp_message_type"),
    SERVER_IDENTIFIER(54, ADDRESS, "RFC 2132 §9.7", "dhcp_server_identifier"),
    PARAMETER_REQUEST_LIST(55, U8.list(), "RFC 2132 §9.8", "dhcp_parameter_request_list"),
    MESSAGE(56, TEXT, "RFC 2132 §9.9", "dhcp_message"),
    MAX_MESSAGE_SIZE(57, U16, "RFC 2132 §9.10", "dhcp_max_message_size"),
    RENEWAL_TIME(58, U32, "RFC 2132 §9.11", "dhcp_renewal_time"),
    REBINDING_TIME(59, U32, "RFC 2132 §9.12", "dhcp_rebinding_time"),
    VENDOR_CLASS_IDENTIFIER(60, BYTES, "RFC 2132 §9.13", "vendor_class_identifier"),
    CLIENT_IDENTIFIER(61, BYTES, "RFC 2132 §9.14", "dhcp_client_identifier"),
    NWIP_DOMAIN(62, TEXT, "RFC 2242 §2", "nwip_domain"),
    NWIP_SUBOPTIONS(63, BYTES, "RFC 2242 §3", "nwip_suboptions"),
    NISPLUS_DOMAIN(64, TEXT, "RFC 2132 §8.11", "nisplus_domain"),
    NISPLUS_SERVERS(65, ADDRESS.list(), "RFC 2132 §8.12", "nisplus_servers"),
    TFTP_SERVER_NAME(66, TEXT, "RFC 2132 §9.4", "tftp_server_name"),
    BOOTFILE_NAME(67, TEXT, "RFC 2132 §9.5", "bootfile_name"),
    MOBILE_IP_HOME_AGENT(68, ADDRESS.list(), "RFC 2132 §8.13", "mobile_ip_home_agent"),
    SMTP_SERVER(69, ADDRESS.list(), "RFC 2132 §8.14", "smtp_server"),
    POP_SERVER(70, ADDRESS.list(), "RFC 2132 §8.15", "pop_server"),
    NNTP_SERVER(71, ADDRESS.list(), "RFC 2132 §8.16", "nntp_server"),
    WWW_SERVER(72, ADDRESS.list(), "RFC 2132 §8.17", "www_server"),
    FINGER_SERVER(73, ADDRESS.list(), "RFC 2132 §8.18", "finger_server"),
    IRC_SERVER(74, ADDRESS.list(), "RFC 2132 §8.19", "irc_server"),
    STREETTALK_SERVER(75, ADDRESS.list(), "RFC 2132 §8.20", "streettalk_server"),
    STREETTALK_DIRECTORY_ASSISTANCE_SERVER(
            76, ADDRESS.list(), "RFC 2132 §8.21", "streettalk_directory_assistance_server"),
    USER_CLASS(77, TEXT, "RFC 3004 §4", "user_class"),
    SLP_DIRECTORY_AGENT(78, FLAG.then(ADDRESS.list()), "RFC 2610", "slp_directory_agent"),
    SLP_SERVICE_SCOPE(79, FLAG.then(TEXT), "RFC 2610", "slp_service_scope"),
    FQDN(81, BYTES, "RFC 4702 §2", "fqdn"),
    RELAY_AGENT_INFORMATION(82, BYTES, "RFC 3046 §2", "relay_agent_information"),
    NDS_SERVERS(85, ADDRESS.list(), "RFC 2241", "nds_servers"),
    NDS_TREE_NAME(86, TEXT, "RFC 2241", "nds_tree_name"),
    NDS_CONTEXT(87, TEXT, "RFC 2241", "nds_context"),
    BCMS_CONTROLLER_NAMES(88, DOMAINS, "RFC 4280", "bcms_controller_names"),
    BCMS_CONTROLLER_ADDRESS(89, ADDRESS.list(), "RFC 4280", "bcms_controller_address"),
    CLIENT_LAST_TRANSACTION_TIME(91, U32, "RFC 4388 §6.1", "client_last_transaction_time"),
    ASSOCIATED_IP(92, ADDRESS.list(), "RFC 4388 §6.1", "associated_ip"),
    PXE_SYSTEM_TYPE(93, U16.list(), "RFC 4578 §2.1", "pxe_system_type"),
    PXE_INTERFACE_ID(94, U8.then(U8.then(U8)), "RFC 4578 §2.2", "pxe_interface_id"),
    PXE_CLIENT_ID(97, U8.then(BYTES), "RFC 4578 §2.3", "pxe_client_id"),
    UAP_SERVERS(98, TEXT, "RFC 2485", "uap_servers"),
    GEOCONF_CIVIC(99, BYTES, "RFC 4776 §3.1", "geoconf_civic"),
    PCODE(100, TEXT, "RFC 4833 §2", "pcode"),
    TCODE(101, TEXT, "RFC 4833 §2", "tcode"),
    V6_ONLY_PREFERRED(108, U32, "RFC 8925 §3.1", "v6_only_preferred"),
    NETINFO_SERVER_ADDRESS(112, ADDRESS.list(), "RFC 3679", "netinfo_server_address"),
    NETINFO_SERVER_TAG(113, TEXT, "RFC 3679", "netinfo_server_tag"),
    DEFAULT_URL(114, TEXT, "RFC 8910 §2.1", "default_url"),
    AUTO_CONFIG(116, U8, "RFC 2563 §2", "auto_config"),
    NAME_SERVICE_SEARCH(117, U16.list(), "RFC 2937", "name_service_search"),
    SUBNET_SELECTION(118, ADDRESS, "RFC 3011 §2", "subnet_selection"),
    DOMAIN_SEARCH(119, SEARCH_LIST, "RFC 3397 §2", "domain_search"),
    CLASSLESS_STATIC_ROUTES(121, ROUTES, "RFC 3442", "rfc3442_classless_static_routes"),
    VIVCO(124, BYTES, "RFC 3925 §3", "vivco"),
    VIVSO(125, BYTES, "RFC 3925 §4", "vivso"),
    PANA_AGENT(136, ADDRESS.list(), "RFC 5192", "pana_agent"),
    V4_LOST(137, DOMAINS, "RFC 5223", "v4_lost"),
    SIP_UA_CS_DOMAINS(141, DOMAINS, "RFC 6011", "sip_ua_cs_domains"),
    IPV4_ADDRESS_ANDSF(142, ADDRESS.list(), "RFC 6153", "ipv4_address_andsf"),
    RDNSS_SELECTION(146, U8.then(ADDRESS.then(ADDRESS.then(DOMAINS))), "RFC 6731 §4.3", "rdnss_selection"),
    TFTP_SERVER_ADDRESS(150, ADDRESS.list(), "RFC 5859", "tftp_server_address"),
    V4_PORTPARAMS(159, U8.then(U8.then(U16)), "RFC 7618", "v4_portparams"),
    V4_CAPTIVE_PORTAL(160, TEXT, "RFC 7710 §2.1", "v4_captive_portal"),
    MUD_URL(161, TEXT, "RFC 8520 §10", "mud_url"),
    LOADER_CONFIGFILE(209, TEXT, "RFC 5071 §4", "loader_configfile"),
    LOADER_PATHPREFIX(210, TEXT, "RFC 5071 §5", "loader_pathprefix"),
    LOADER_REBOOTTIME(211, U32, "RFC 5071 §6", "loader_reboottime"),
    OPTION_6RD(212, BYTES, "RFC 5969 §7.1.1", "option_6rd"),
    V4_ACCESS_DOMAIN(213, DOMAINS, "RFC 5986", "v4_access_domain"),
    MS_CLASSLESS_STATIC_ROUTES(249, ROUTES, "MS-DHCPE", "ms_classless_static_routes"),
    WPAD(252, BYTES, "draft-ietf-wrec-wpad-01", "wpad");

    private static final Map<Integer, Option> BY_CODE = by(Option::code);
    private static final Map<String, Option> BY_TEXT_NAME = by(Option::textName);

    private final int code;

    /** Immutable, only not annotated so: it is functions that hold nothing that changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final OptionCodec codec;

    private final String rfc;
    private final String textName;

    Option(int code, OptionCodec codec, String rfc, String textName) {
        this.code = code;
        this.codec = codec;
        this.rfc = rfc;
        this.textName = textName;
    }

    private static <K> Map<K, Option> by(Function<Option, K> key) {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    public static Optional<Option> byCode(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** By a name such as {@code subnet_mask}. */
    public static Optional<Option> byTextName(String textName) {
        return Optional.ofNullable(BY_TEXT_NAME.get(textName));
    }

    /** The name of any option: {@code unknown_N} if it is not in the table. */
    public static String textName(int code) {
        return byCode(code).map(Option::textName).orElse("unknown_" + code);
    }

    /** The text form of any option's value, see {@link #text(Octets)} and {@link #unknownText}. */
    public static Optional<String> text(int code, Octets value) {
        return byCode(code).map(option -> option.text(value)).orElseGet(() -> unknownText(value));
    }

    /** The same as a lease file of dhclient has it; empty for the same values. */
    public static Optional<String> fileText(int code, Octets value) {
        return byCode(code).map(Option::codec).orElse(BYTES).fileText(value);
    }

    /** The value of an option that is not in the table: text or hexadecimal; empty if there is no value. */
    public static Optional<String> unknownText(Octets value) {
        return BYTES.text(value);
    }

    /** 1..254. */
    public int code() {
        return code;
    }

    public OptionCodec codec() {
        return codec;
    }

    /** Where the option is specified, such as {@code RFC 2132 §3.3}. */
    public String rfc() {
        return rfc;
    }

    /** The name in scripts and in NetworkManager, such as {@code subnet_mask}. */
    public String textName() {
        return textName;
    }

    /**
     * The value as scripts and NetworkManager get it: printable ASCII.
     *
     * @return empty if the value is malformed for its type or holds what its type must not
     */
    public Optional<String> text(Octets value) {
        return codec.text(value);
    }
}
