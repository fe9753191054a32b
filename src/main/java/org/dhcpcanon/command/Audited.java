package org.dhcpcanon.command;

import java.util.List;
import org.dhcpcanon.audit.Audit;

/**
 * What is to be shown.
 *
 * @param files the names of files, or that of the interface
 * @param warnings what could not be read of them
 * @param live whether it is of an interface, so that what this machine sent is known
 */
record Audited(List<String> files, List<String> warnings, Audit audit, boolean live) {
    Audited {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }
}
