package org.osteon.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.demo.SyntheticRadiographs;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;

/**
 * From a folder of radiographs to the arrays that training reads: {@code arrays.npz} with {@code
 * planes uint8 [N, H, W]}, {@code labels int64 [N]} and {@code group}, {@code source}, {@code
 * split}, {@code file} as byte strings; and {@code dataset.json} with the digest of all of it.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Preparation {
  /**
   * First seed of the drawn radiographs of a split, far from those of the demo and of the tests.
   */
  private static final Map<String, Long> SEEDS =
      Map.of("train", 1_000_000L, "val", 2_000_000L, "test", 3_000_000L);

  private final ImageDecoder decoder;
  private final InputSpec spec;
  private final ByteBuffer plane;
  private final MessageDigest digest;
  private final List<byte[]> planes = new ArrayList<>();
  private final List<Sample> kept = new ArrayList<>();
  private final Map<String, String> unreadable = new TreeMap<>();

  public Preparation(ImageDecoder decoder, InputSpec spec) {
    this.decoder = decoder;
    this.spec = spec;
    this.plane = ByteBuffer.allocateDirect(spec.planeBytes());
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }

  /** What came of it: how many images were written, and which could not be read and why. */
  public record Summary(int images, Map<String, String> unreadable, String digest) {}

  /**
   * Reads, decodes and writes.
   *
   * @param synthetic drawn radiographs to add for each class: as many for training, a fifth each
   *     for validation and test
   */
  public Summary run(Path folder, Path out, int synthetic) throws IOException {
    for (Sample sample : Samples.of(folder)) {
      add(sample, Files.readAllBytes(folder.resolve(sample.file())));
    }
    addSynthetic("train", synthetic);
    addSynthetic("val", synthetic / 5);
    addSynthetic("test", synthetic / 5);
    Files.createDirectories(out);
    write(out.resolve("arrays.npz"));
    Summary summary =
        new Summary(kept.size(), unreadable, HexFormat.of().formatHex(digest.digest()));
    describe(out.resolve("dataset.json"), summary);
    return summary;
  }

  private void addSynthetic(String split, int count) {
    for (SyntheticRadiographs.Kind kind : SyntheticRadiographs.Kind.values()) {
      for (int i = 0; i < count; i++) {
        long seed = SEEDS.getOrDefault(split, 0L) + i;
        String name = "synthetic/" + kind + "-" + seed;
        byte[] image = SyntheticRadiographs.draw(seed, kind).jpeg();
        add(new Sample(name, kind.ordinal(), name, "synthetic", split), image);
      }
    }
  }

  private void add(Sample sample, byte[] image) {
    Decoding decoding = decoder.decode(image, spec);
    if (decoding instanceof Decoding.Rejected rejected) {
      unreadable.put(sample.file(), rejected.fault().name());
    } else if (decoding instanceof Decoding.Decoded decoded) {
      byte[] pixels = new byte[spec.planeBytes()];
      try (decoded) {
        decoded.writeTo(plane.clear(), spec);
      }
      plane.flip().get(pixels);
      planes.add(pixels);
      kept.add(sample);
      digest.update(sample.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(pixels);
    }
  }

  private void write(Path file) throws IOException {
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.bytes("planes", planes, spec.height(), spec.width());
      npz.longs("labels", kept.stream().mapToLong(Sample::label).toArray());
      npz.strings("group", kept.stream().map(Sample::group).toList());
      npz.strings("source", kept.stream().map(Sample::source).toList());
      npz.strings("split", kept.stream().map(Sample::split).toList());
      npz.strings("file", kept.stream().map(Sample::file).toList());
    }
  }

  private void describe(Path file, Summary summary) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("digest", summary.digest());
    json.put("images", summary.images());
    json.put("synthetic", kept.stream().filter(s -> s.source().equals("synthetic")).count());
    json.put(
        "input",
        Map.of(
            "height", spec.height(),
            "width", spec.width(),
            "resize", spec.resize().name().toLowerCase(java.util.Locale.ROOT)));
    json.put("unreadable", summary.unreadable());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }
}
