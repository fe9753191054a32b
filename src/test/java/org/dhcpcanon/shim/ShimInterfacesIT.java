package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which interfaces get a client where none is named: ISC's dhclient 4.4.3 takes those that its file has blocks for. */
class ShimInterfacesIT extends WithBothShells {
    private Process start(String conf) throws Exception {
        Path file = Files.writeString(root.resolve("conf"), conf);
        return stage.start("-d", "-v", "-cf", file.toString());
    }

    @Test
    void anInterfaceWithABlockIsTakenAndOthersAreNot() throws Exception {
        Process shim = start("""
                # interface "eth7" {
                alias { interface "eth8"; }
                alias {
                  interface "eth9";
                }
                interface "nosuch" { timeout 3; }
                  Interface  "lo"{
                  timeout 5;
                }
                interface "lo" { }
                interface "../net/lo" { }
                interface ".." {
                """);
        Path directory = Path.of(stage.directoryOf(stage.nextCall()));
        List<String> arguments = ArgumentFile.read(directory.resolve("argv")).arguments();
        assertEquals(List.of("-d", "-v", "-cf", root.resolve("conf").toString(), "lo"), arguments);
        stage.terminate(shim);
    }

    @Test
    void whereNoneOfThemIsThereNothingIsDone() throws Exception {
        Path script = stage.executable("script", "#!/bin/sh\nprintf '%s' \"$REASON\" >'" + root + "/ran'\n");
        stage.environment.put("PATH_DHCLIENT_SCRIPT", script.toString());
        Process shim = start("interface \"nosuch\" {\n}\n");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("NBI", Files.readString(root.resolve("ran")));
        assertEquals("No broadcast interfaces found - exiting.\n", stage.errors());
    }
}
