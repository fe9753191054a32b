package org.dhcpcanon.command;

import java.util.List;
import org.dhcpcanon.audit.Audit;

/**
 * What is to be shown.
 *
 * @param warnings what could not be read of the files
 */
record Audited(List<String> files, List<String> warnings, Audit audit) {
    Audited {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }
}
