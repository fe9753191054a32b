package org.dhcpcanon.shim;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The real shim on a stage of its own, with Debian's sh and with bash. */
@ParameterizedClass
@ValueSource(strings = {"/bin/dash", "/bin/bash"})
abstract class WithBothShells {
    @Parameter
    String shell = "";

    @TempDir
    Path root;

    ShimStage stage;

    @BeforeEach
    void set() throws Exception {
        stage = new ShimStage(root, shell);
    }

    @AfterEach
    void clear() throws Exception {
        stage.close();
    }
}
