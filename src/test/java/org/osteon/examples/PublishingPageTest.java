package org.osteon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.InlineImage;
import org.osteon.event.RecordSizes;
import org.osteon.testing.Dcmtk;

/** What {@code docs/publishing.md} says in figures and names is what the code has. */
class PublishingPageTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");

  @Test
  void itsFiguresAndNamesAreTheCodes() throws Exception {
    String page = Files.readString(page());
    long largest = Long.parseLong(Objects.requireNonNull(ImageKeys.IMAGE_MAX_BYTES.defaultValue()));
    long more = RecordSizes.forImagesOf(largest).event() - largest;
    assertThat(page)
        .contains("`image.max.bytes` (%d MiB) and %d KiB more".formatted(largest >> 20, more >> 10))
        .contains("the gateway (" + GatewayKeys.DICOM_PORT.defaultValue() + ")")
        .contains("`" + TopicKeys.EVENTS.defaultValue() + "-value`")
        .contains("`" + GatewayKeys.DICOM_STAT_TITLES.key() + "`")
        .contains("\"" + InlineImage.class.getName() + "\"");
    assertThat(page.lines()).as("three screens").hasSizeLessThan(120);
  }

  @Test
  void whatItNamesIsThere() throws Exception {
    Matcher links = LINK.matcher(Files.readString(page()));
    int found = 0;
    while (links.find()) {
      assertThat(page().resolveSibling(links.group(1))).exists();
      found++;
    }
    assertThat(found).isGreaterThan(8);
  }

  private static Path page() {
    return Dcmtk.root().resolve("docs/publishing.md");
  }
}
