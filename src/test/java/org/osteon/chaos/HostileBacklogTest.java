package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.HugePng;
import org.osteon.testing.Platform;
import org.osteon.testing.Program;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;

/**
 * A backlog of valid images that are costly to decode, at a replica with the heap and the limits of
 * the manifest: forty PNGs of 800 MB and sixty JPEG 2000 radiographs of 3,520 x 4,280 among good
 * ones. In the short form a few of each.
 */
@Tag("chaos")
class HostileBacklogTest {
  private static final boolean LONG = "long".equals(System.getProperty("osteon.hostile"));
  private static final int PNGS = LONG ? 40 : 2;
  private static final int RADIOGRAPHS = LONG ? 60 : 2;
  private static final int DRAWN = LONG ? 4 : 1;
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void itIsWorkedOffWithinTheManifestsMemory(String guarantee, @TempDir Path folder)
      throws Exception {
    assumeTrue(LONG || guarantee.equals("exactly_once_v2"), "Both in the long form: make hostile.");
    String manifest = Files.readString(Hospital.root().resolve("k8s/base/deployment.yaml"));
    List<String> options = List.of(found(manifest, "JAVA_TOOL_OPTIONS, value: (.*)}").split(" "));
    long limit = Long.parseLong(found(manifest, "limits: .*memory: (\\d+)Gi")) * GIB;
    List<byte[]> codestreams = codestreams(folder);
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            Map.of(
                "model.path", Deployed.NEWEST.toString(),
                "image.max.bytes", "33554432",
                "image.max.pixels", "100000000",
                "memory.budget.mb", "512",
                "image.decode.timeout.ms", "60000",
                "decode.isolation", "process",
                "decode.threads", "2"))) {
      for (int i = 0; i < Math.max(PNGS, RADIOGRAPHS); i++) {
        if (i < PNGS) {
          hospital.ward.publish(HugePng.of(i), "DECODE_TOO_LARGE");
        }
        if (i < RADIOGRAPHS) {
          byte[] codestream = codestreams.get(i % codestreams.size());
          hospital.ward.publish(DicomFiles.jpeg2000(i, codestream, 3520, 4280), "");
        }
        hospital.ward.publish(1);
      }
      Replica replica = hospital.startWith(options);
      await().until(replica::isUp);
      int port =
          Integer.parseInt(found(Files.readString(replica.logFile()), "HTTP on port (\\d+)"));
      try (Vitals vitals = new Vitals(replica.pid(), port)) {
        Evidence evidence = hospital.ward.evidence(true);
        for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
          promise.check(evidence);
        }
        assertThat(evidence.deadLetters()).hasSize(PNGS);
        assertThat(vitals.statuses()).isNotEmpty().containsOnly(200);
        assertThat(vitals.mostBytes()).as("bytes of all its processes").isBetween(1L, limit);
        System.out.printf(
            "%s: %d PNGs, %d radiographs, at most %d MiB of %d%n",
            guarantee, PNGS, RADIOGRAPHS, vitals.mostBytes() >> 20, limit >> 20);
      }
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsExactly(0);
    }
  }

  private static List<byte[]> codestreams(Path folder) throws IOException, InterruptedException {
    List<byte[]> codestreams = new ArrayList<>();
    Path script = Hospital.root().resolve("src/test/python/large_radiograph.py");
    for (int i = 0; i < DRAWN; i++) {
      Path file = folder.resolve(i + ".j2k");
      Program.Ended ended =
          Program.run(
              folder,
              List.of("/usr/bin/python3", script.toString(), file.toString(), Integer.toString(i)));
      assumeTrue(ended.status() == 0, "There is no Pillow for Python: run training/install.");
      codestreams.add(Files.readAllBytes(file));
    }
    return codestreams;
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
