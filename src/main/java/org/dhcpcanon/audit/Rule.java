package org.dhcpcanon.audit;

/**
 * The requirements, one a row: V4 of RFC 7844 in its order, R of the RFCs around it and of practice. A row that no packet can show is
 * here too, so that nobody takes its absence for a pass.
 */
public enum Rule {
    V4_01(Level.MUST, "RFC 7844 §3", "DISCOVER has option 53", MessageRules::discoverHasType),
    V4_02(Level.MAY, "RFC 7844 §3", "DISCOVER has 61 and 55", MessageRules::discoverAsks),
    V4_03(Level.SHOULD_NOT, "RFC 7844 §3", "DISCOVER has more than 53, 55, 61", MessageRules::discoverIsMinimal),
    V4_04(Level.MUST, "RFC 7844 §3", "REQUEST has option 53", MessageRules::requestHasType),
    V4_05(Level.MUST, "RFC 7844 §3", "REQUEST has 50 and 54 of the OFFER", SequenceRules::requestMatchesOffer),
    V4_06(Level.MAY, "RFC 7844 §3", "renewal does without 50", MessageRules::extensionHasNoAddress),
    V4_07(Level.SHOULD_NOT, "RFC 7844 §3", "REQUEST has more than 50, 53, 54, 55, 61", MessageRules::requestIsMinimal),
    V4_08(Level.MUST, "RFC 7844 §3", "DECLINE has 50, 53, 54, at most 61 besides", MessageRules::decline),
    V4_09(Level.MUST, "RFC 7844 §3", "RELEASE has 53, 54, at most 61 besides", MessageRules::release),
    V4_10(Level.SHOULD_NOT, "RFC 7844 §3", "INFORM has more than 53, 55, 61", MessageRules::inform),
    V4_11(Level.SHOULD, "RFC 7844 §3.1", "only options that the RFC lists", MessageRules::onlyListed),
    V4_12(Level.SHOULD, "RFC 7844 §3.1", "options in random order", OrderRules::optionsAreShuffled),
    V4_13(Level.MUST_NOT, "RFC 7844 §3.2", "ciaddr of another hardware address", IdentityRules::addressIsOwn),
    V4_14(Level.SHOULD_NOT, "RFC 7844 §3.3", "option 50 in DISCOVER", MessageRules::discoverHasNoAddress),
    V4_15(Level.SHOULD, "RFC 7844 §3.3", "begins with DISCOVER", SequenceRules::beginsWithDiscover),
    V4_16(Level.SHOULD, "RFC 7844 §3.4", "chaddr is the hardware address in use", IdentityRules::hardwareIsCurrent),
    V4_17(Level.MUST, "RFC 7844 §3.5", "61 is 01 and the hardware address", IdentityRules::identifierIsHardware),
    V4_18(Level.SHOULD, "RFC 7844 §3.5", "random identifier where there is no hardware address"),
    V4_19(Level.SHOULD, "RFC 7844 §3.6", "55 asks for little", OrderRules::parametersAreFew),
    V4_20(Level.SHOULD, "RFC 7844 §3.6", "55 in random order", OrderRules::parametersAreShuffled),
    V4_21(Level.SHOULD_NOT, "RFC 7844 §3.7", "host name (12)", MessageRules::noHostName),
    V4_22(Level.MUST, "RFC 7844 §3.7", "host name is obfuscated and unqualified", IdentityRules::hostNameIsObfuscated),
    V4_23(Level.MAY, "RFC 7844 §3.7", "host name is a hash"),
    V4_24(Level.SHOULD_NOT, "RFC 7844 §3.8", "client FQDN (81)", MessageRules::noFqdn),
    V4_25(Level.MUST_NOT, "RFC 7844 §3.9", "PXE options (93, 94, 97)", MessageRules::noPxe),
    V4_26(Level.SHOULD_NOT, "RFC 7844 §3.10", "classes (43, 60, 77, 124, 125)", MessageRules::noClasses),
    V4_27(Level.SHOULD, "RFC 7844 §2.2", "all addresses change together", IdentityRules::everythingChangesTogether),
    V4_28(Level.SHOULD, "RFC 7844 §2.5", "looks like ordinary clients"),
    V4_29(Level.SHOULD, "RFC 7844 §5", "the user chooses"),

    R_01(Level.SHOULD, "RFC 2131 §4.1", "DISCOVER again after 4, 8, 16 ... 64 s, +-1", HeaderRules::waits),
    R_03(Level.SHOULD, "RFC 2131 §4.4.5", "renews at T1", HeaderRules::renewalTime),
    R_04(Level.MUST, "RFC 2131 §4.3.2", "50, 54 and ciaddr fit the state", MessageRules::template),
    R_05(Level.MUST, "RFC 2131 §3.5", "55 is the same in a session", SequenceRules::parametersStay),
    R_06(Level.MUST, "RFC 2131 §4.1", "xid is random, and the OFFER's", HeaderRules::transactionIds),
    R_07(Level.MUST, "RFC 2131 §3.1", "secs counts, and is the DISCOVER's", HeaderRules::seconds),
    R_08(Level.SHOULD, "RFC 2131 §4.1", "flags are 0", MessageRules::noBroadcastFlag),
    R_09(Level.PRACTICE, "RFC 2131 §4.4.6", "no RELEASE", SequenceRules::noRelease),
    R_10(Level.SHOULD, "RFC 5227 §2.1", "probes before it uses an address", ArpRules::probes),
    R_10_WAIT("R-10b", Level.SHOULD, "RFC 2131 §3.1", "10 s after DECLINE", SequenceRules::waitsAfterDecline),
    R_11(Level.MUST, "RFC 2131 §4.2", "61 is constant and whole", IdentityRules::identifierIsConstant),
    R_12(Level.PRACTICE, "RFC 3396", "no option twice", MessageRules::nothingSplit),
    R_13(Level.MUST, "RFC 3442", "55 has 121 before 3 and 33", OrderRules::classlessRoutesFirst),
    R_14(Level.PRACTICE, "RFC 2131", "53 is the first option", MessageRules::typeFirst),
    R_15(Level.PRACTICE, "RFC 1542 §2.1", "300 octets at least", MessageRules::longEnough),
    R_16(Level.SHOULD, "RFC 8925 §3.2", "108 is obeyed where asked for", SequenceRules::obeysV6Only),
    R_18(Level.PRACTICE, "RFC 3118", "no authentication (90, 145)", MessageRules::noAuthentication),
    R_19(Level.PRACTICE, "RFC 4436", "no question to an old gateway", ArpRules::noOldGateway),
    R_20(Level.PRACTICE, "RFC 3927", "no 169.254 address", ArpRules::noLinkLocal),
    R_21(Level.PRACTICE, "RFC 4039", "no rapid commit (80)", MessageRules::noRapidCommit),
    R_22(Level.PRACTICE, "RFC 2131 §3.1", "takes the first OFFER at once", SequenceRules::takesFirstOffer);

    private final String id;
    private final Level level;
    private final String rfc;
    private final String requirement;

    /** Immutable, only not annotated so: a function that holds nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Judge judge;

    /** A pure function of what was seen. */
    @FunctionalInterface
    private interface Judge {
        Finding judge(Client client, Traffic traffic);
    }

    Rule(Level level, String rfc, String requirement) {
        this(level, rfc, requirement, (client, traffic) -> Finding.notSeen("packets cannot show it"));
    }

    Rule(Level level, String rfc, String requirement, Judge judge) {
        this("", level, rfc, requirement, judge);
    }

    Rule(String id, Level level, String rfc, String requirement, Judge judge) {
        this.id = id.isEmpty() ? name().replace('_', '-') : id;
        this.level = level;
        this.rfc = rfc;
        this.requirement = requirement;
        this.judge = judge;
    }

    Finding judge(Client client, Traffic traffic) {
        return judge.judge(client, traffic);
    }

    /** Such as {@code V4-01}. */
    public String id() {
        return id;
    }

    public Level level() {
        return level;
    }

    /** Where it comes from, such as {@code RFC 7844 §3.1}. */
    public String rfc() {
        return rfc;
    }

    /** In a few words; of a MUST NOT and a SHOULD NOT, what is not to be. */
    public String requirement() {
        return requirement;
    }
}
