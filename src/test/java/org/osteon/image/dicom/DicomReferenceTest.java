package org.osteon.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.digest.Sha256;
import org.osteon.image.DecodedPlane;
import org.osteon.image.Decoding;
import org.osteon.image.InputSpec;
import org.osteon.image.Radiographs;
import org.osteon.image.dicom.frame.DicomSamples;
import org.osteon.image.dicom.frame.ImagePixels;

/**
 * Real DICOM files give the pixels that pydicom, GDCM and DCMTK give ({@code
 * src/test/python/dicom_reference.py}), or end with the reason that docs/dicom.md names.
 */
class DicomReferenceTest {
  /** Of a lossy syntax: what two decoders may differ by, in stored values. */
  private static final int LOSSY = 2;

  private record Reference(int rows, int columns, String sha256, int[] probes) {}

  @Test
  void everyFileGivesItsPixelsOrItsReason() throws Exception {
    Path folder = Radiographs.folder().resolveSibling("dicom");
    assumeTrue(Files.isDirectory(folder), "no DICOM files in " + folder);
    Map<String, Reference> references = references();
    Map<String, String> reasons = reasons();
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList()) {
        String name = folder.relativize(file).toString();
        String found = outcome(Files.readAllBytes(file), references.get(name));
        String expected = reasons.getOrDefault(name, "exact");
        if (!found.equals(expected)) {
          wrong.add(name + ": " + found + " instead of " + expected);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** {@code exact}, {@code lossy} within the bound, a fault, or what differs. */
  private static String outcome(byte[] bytes, @Nullable Reference reference) throws Exception {
    InputSpec spec = new InputSpec(64, 64, InputSpec.Resize.LETTERBOX);
    Decoding decoding = DecodedPlane.DECODER.decode(bytes, spec);
    if (decoding instanceof Decoding.Rejected rejected) {
      return rejected.fault().name();
    }
    ((Decoding.Decoded) decoding).close();
    if (reference == null) {
      return "read, and no other reader can";
    }
    DicomFile file = DicomFile.open(bytes, 1 << 24);
    ImagePixels pixels = ImagePixels.of(file.data());
    int[] values = DicomSamples.of(file, pixels);
    if (pixels.rows() != reference.rows || pixels.columns() != reference.columns) {
      return "another size";
    }
    if (digest(values).equals(reference.sha256)) {
      return "exact";
    }
    int largest = 0;
    int n = reference.probes.length;
    for (int i = 0; i < n; i++) {
      int at = (int) ((long) i * (values.length - 1) / (n - 1));
      largest = Math.max(largest, Math.abs(values[at] - reference.probes[i]));
    }
    return largest <= LOSSY ? "lossy" : "differs by " + largest;
  }

  private static String digest(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return Sha256.of(bytes.array());
  }

  private static Map<String, Reference> references() throws IOException {
    Map<String, Reference> references = new TreeMap<>();
    for (String line : lines("reference.csv")) {
      String[] cells = line.split(",");
      int[] probes =
          Arrays.stream(cells[5].split(" ")).mapToInt(DicomReferenceTest::wrapped).toArray();
      references.put(
          cells[0],
          new Reference(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), cells[3], probes));
    }
    return references;
  }

  private static int wrapped(String number) {
    return (int) Long.parseLong(number);
  }

  /** What is not exact: {@code file,outcome}. */
  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    lines("outcomes.csv").forEach(line -> reasons.put(line.split(",")[0], line.split(",")[1]));
    return reasons;
  }

  /** Without the first. */
  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = DicomReferenceTest.class.getResourceAsStream("/dicom/" + resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).toList();
    }
  }
}
