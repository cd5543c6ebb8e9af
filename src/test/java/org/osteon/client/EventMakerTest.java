package org.osteon.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.Priority;
import org.osteon.event.XRayEvent;

class EventMakerTest {
  @TempDir Path folder;

  @Test
  void idsAreFunctionsOfWhatIsPublished() {
    byte[] image = {1, 2, 3};
    EventMaker digest = new EventMaker("f", Priority.ROUTINE, null);
    XRayEvent event = digest.event(image, "image/png", null, null);
    assertThat(event.getEventId())
        .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    assertThat(event.getStudyInstanceUid()).matches("2\\.25\\.[1-9]\\d{30,38}");
    XRayEvent again = digest.event(image, "image/png", null, null);
    assertThat(again.getEventId()).isEqualTo(event.getEventId());
    assertThat(again.getStudyInstanceUid()).isEqualTo(event.getStudyInstanceUid());

    XRayEvent run = new EventMaker("f", Priority.STAT, "r1").event(image, "x", "s", "HAND");
    assertThat(run.getEventId()).isEqualTo("039058c6f2c0cb492c533b0a4d14ef77-r1");
    assertThat(run.getStudyInstanceUid())
        .isEqualTo(
            new EventMaker("f", Priority.STAT, "r2")
                .event(new byte[1], "x", "s", null)
                .getStudyInstanceUid())
        .isNotEqualTo(event.getStudyInstanceUid());
  }

  @Test
  void bodyPartsComeFromTheManifest() throws Exception {
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve("a/1.JPG"), new byte[1]);
    Files.write(folder.resolve("a/2.png"), new byte[1]);
    Files.writeString(folder.resolve("notes.txt"), "no image");
    Files.writeString(
        folder.resolve("manifest.csv"),
        "label,file,licence,body_part\nx,a/1.JPG,\"none, stated \"\"so\"\"\",lower leg\nx,a/2.png,,\n");
    assertThat(ImageFiles.under(List.of(folder)))
        .containsExactly(
            new ImageFiles.Found(folder.resolve("a/1.JPG"), "LOWER_LEG"),
            new ImageFiles.Found(folder.resolve("a/2.png"), null));
  }
}
