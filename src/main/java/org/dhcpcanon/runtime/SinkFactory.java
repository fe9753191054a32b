package org.dhcpcanon.runtime;

/** Chooses and makes the sink for a request. */
@FunctionalInterface
public interface SinkFactory {
    LeaseSink sinkFor(ClientRequest request, ScriptRunner scripts);
}
