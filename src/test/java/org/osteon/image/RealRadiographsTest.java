package org.osteon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealRadiographsTest {
  private static final InputSpec SPEC = new InputSpec(160, 160, InputSpec.Resize.LETTERBOX);

  @Test
  void everyRealRadiographIsRead() throws Exception {
    List<Path> files = Radiographs.files();
    assumeFalse(files.isEmpty(), "no radiographs in " + Radiographs.folder());
    ByteBuffer slot = ByteBuffer.allocateDirect(SPEC.planeBytes());
    List<String> refused = new ArrayList<>();
    for (Path file : files) {
      Decoding decoding = DecodedPlane.DECODER.decode(Files.readAllBytes(file), SPEC);
      if (decoding instanceof Decoding.Decoded decoded) {
        try (decoded) {
          decoded.writeTo(slot.clear(), SPEC);
        }
      } else {
        refused.add(file.getFileName() + ": " + decoding);
      }
    }
    assertThat(refused).isEmpty();
  }
}
