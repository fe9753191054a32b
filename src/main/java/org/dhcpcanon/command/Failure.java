package org.dhcpcanon.command;

/** Why the command cannot do what it was told, in words for people; it ends with the status. dhcpcanon(1) lists them. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Failure(int status, String text) {
        super(text);
        this.status = status;
    }

    static Failure failed(String text) {
        return new Failure(1, text);
    }

    static Failure noClient(String text) {
        return new Failure(3, text);
    }

    static Failure notAllowed(String text) {
        return new Failure(4, text);
    }

    static Failure unreachable(String text) {
        return new Failure(5, text);
    }

    int status() {
        return status;
    }
}
