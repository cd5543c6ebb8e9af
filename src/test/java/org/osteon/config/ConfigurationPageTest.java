package org.osteon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  @Test
  void thePageSaysWhatTheCodeDoes() throws Exception {
    Path page = Path.of(System.getProperty("osteon.root", ".."), "docs", "configuration.md");
    if (Boolean.getBoolean("osteon.docs.write")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, ConfigurationPage.markdown());
    }
    assertThat(Files.readString(page)).isEqualTo(ConfigurationPage.markdown());
  }
}
