package org.dhcpcanon.runtime;

/** Tells whoever watches the service that its loop still turns. */
public interface Heartbeat {
    /** Where nobody watches. */
    Heartbeat NONE = new Heartbeat() {
        @Override
        public long deadline() {
            return Long.MAX_VALUE;
        }

        @Override
        public void beat(long now) {}
    };

    /** When the next sign of life is due, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never. */
    long deadline();

    /** Tells, if it is time. Does not block; on the loop thread. */
    void beat(long now);
}
