package org.osteon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manifests that repeat what stands elsewhere say the same; -Dosteon.docs.write writes them. */
class GeneratedManifestsTest {
  @Test
  void theyAreMadeFromTheirSources() throws Exception {
    for (Map.Entry<String, String> each : GeneratedManifests.all().entrySet()) {
      Path file = Manifests.folder().resolve(each.getKey());
      if (Boolean.getBoolean("osteon.docs.write")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, each.getValue());
      }
      assertThat(Files.readString(file)).as(each.getKey()).isEqualTo(each.getValue());
    }
  }
}
