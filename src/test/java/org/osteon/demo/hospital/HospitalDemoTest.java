package org.osteon.demo.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.client.OperationFailedException;
import org.osteon.model.ShippedModel;
import org.osteon.testing.server.Orthanc;

@Tag("integration")
class HospitalDemoTest {
  @TempDir private Path empty;

  @Test
  void whatTheModelSeesComesBackIntoTheStudyItWasSentFrom() throws Exception {
    Orthanc.require();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HospitalDemo.Options options =
        new HospitalDemo.Options(6, false, ShippedModel.folder(), 7, Map.of());
    boolean complete;
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      complete = new HospitalDemo(options, print).run();
    }
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(complete).as(text).isTrue();
    assertThat(text)
        .contains("6 radiographs of 3 studies", "3 of 3 studies have a report and a capture")
        .containsPattern("DEMO0003 +INVENTED\\^PATIENT 3 +…\\d{9} +2 +2 +2 +\\d × The model sees");
  }

  @Test
  void withoutAnOrthancOneSentenceSaysHowToGetIt() {
    assertThatThrownBy(() -> Archive.program(empty.toString()))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("apt-get install orthanc");
  }
}
