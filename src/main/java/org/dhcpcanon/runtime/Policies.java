package org.dhcpcanon.runtime;

import org.dhcpcanon.client.Policy;

/** What the administrator wants of a client; asked once, when it begins. */
@FunctionalInterface
public interface Policies {
    Policy policyFor(ClientRequest request);
}
