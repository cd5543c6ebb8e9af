package org.osteon.dataset.arrays;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.osteon.dataset.ImagePaths;
import org.osteon.dataset.Sample;
import org.osteon.digest.Sha256;
import org.osteon.image.InputSpec;

/**
 * Some images with their planes: one file of arrays.
 *
 * @param samples what each image is
 * @param planes {@code uint8 [H, W]} of each, in the same order
 * @param longSides pixels of each file's longer side, as displayed; 0 where it was not noted
 */
record Shard(List<Sample> samples, List<byte[]> planes, List<Long> longSides) {
  private static final String LONG_SIDE = "long_side";

  /** With nothing in it. */
  static Shard empty() {
    return new Shard(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Adds one image. */
  void add(Sample sample, byte[] plane, long longSide) {
    samples.add(sample);
    planes.add(plane);
    longSides.add(longSide);
  }

  /** {@code shard-00000.npz} and on. */
  static String name(int number) {
    return "shard-%05d.npz".formatted(number);
  }

  /** Writes under another name first: a file that bears the name is whole. */
  void write(Path file, InputSpec spec) throws IOException {
    Path unfinished = file.resolveSibling(ImagePaths.name(file) + ".tmp");
    try (NpzWriter npz = new NpzWriter(unfinished)) {
      npz.bytes("planes", planes, spec.height(), spec.width());
      npz.longs("labels", samples.stream().mapToLong(Sample::label).toArray());
      npz.longs(LONG_SIDE, longSides.stream().mapToLong(Long::longValue).toArray());
      npz.strings("group", column(Sample::group));
      npz.strings("source", column(Sample::source));
      npz.strings("split", column(Sample::split));
      npz.strings("file", column(Sample::file));
      npz.strings("body_part", column(Sample::bodyPart));
      npz.strings("detail", column(Sample::detail));
      npz.strings("label_quality", column(Sample::quality));
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads a file that {@link #write} made. */
  static Shard read(Path file) throws IOException {
    try (NpzReader npz = new NpzReader(file)) {
      List<Sample> samples = samples(npz);
      // What was prepared before this was noted is as good as ever.
      long[] sides = npz.has(LONG_SIDE) ? npz.longs(LONG_SIDE) : new long[samples.size()];
      return new Shard(samples, npz.bytes("planes"), Arrays.stream(sides).boxed().toList());
    }
  }

  /** Reads all but the planes. */
  static List<Sample> samplesOf(Path file) throws IOException {
    try (NpzReader npz = new NpzReader(file)) {
      return samples(npz);
    }
  }

  /** Adds each image, what it is and its plane, so that the size of shards changes no digest. */
  void addTo(Sha256 digest) {
    for (int i = 0; i < samples.size(); i++) {
      digest.add(samples.get(i).toString()).add(planes.get(i));
    }
  }

  private static List<Sample> samples(NpzReader npz) throws IOException {
    long[] labels = npz.longs("labels");
    List<String> files = npz.strings("file");
    List<String> groups = npz.strings("group");
    List<String> sources = npz.strings("source");
    List<String> splits = npz.strings("split");
    List<String> parts = npz.strings("body_part");
    List<String> details = npz.strings("detail");
    List<String> qualities = npz.strings("label_quality");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      samples.add(
          new Sample(
              files.get(i),
              (int) labels[i],
              groups.get(i),
              sources.get(i),
              splits.get(i),
              parts.get(i),
              details.get(i),
              qualities.get(i)));
    }
    return samples;
  }

  private List<String> column(Function<Sample, String> field) {
    return samples.stream().map(field).toList();
  }
}
