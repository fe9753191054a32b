package org.dhcpcanon.requirements;

import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.LeaseStore;
import org.dhcpcanon.runtime.ScriptRunner;

/** Who asked for the client, and keeps its lease as long as he is there. */
final class Visitor implements Caller {
    private final Store store = new Store();

    @Override
    public void exit(int code) {}

    @Override
    public void message(String text) {}

    @Override
    public ScriptRunner scripts() {
        return (environment, status) -> status.accept(-1);
    }

    @Override
    public LeaseStore store() {
        return store;
    }
}
