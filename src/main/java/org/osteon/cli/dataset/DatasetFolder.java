package org.osteon.cli.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;
import org.osteon.dataset.layout.Samples;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The data set that a command is about, and how to read its folder. */
final class DatasetFolder {
  private static final Path NONE = Path.of("-");

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description =
          "Folder with manifest.csv, class folders (healthy/, fractured/, beyond_repair/, also"
              + " within train/, val/, test/), MURA, FracAtlas or GRAZPEDWRI-DX")
  Path folder = Path.of("");

  @Option(
      names = "--layout",
      defaultValue = "auto",
      description =
          "manifest, folders, mura, fracatlas, grazpedwri, or auto: by what is there (default"
              + " ${DEFAULT-VALUE})")
  private String layout = "auto";

  @Option(
      names = "--synonym",
      paramLabel = "WORD=CLASS",
      description = "What a folder's or a manifest's word means, normal=healthy; repeatable")
  private Map<String, String> synonyms = new HashMap<>();

  @Option(
      names = "--synonyms",
      paramLabel = "FILE",
      description = "A properties file of such lines")
  private @Nullable Path synonymsFile;

  /** Reads what may be far larger than the service allows: the files are the user's own. */
  static ImageDecoder decoder() {
    return ImageDecoders.standard(new ImageLimits(1L << 28, 200_000_000));
  }

  /** The samples in order of their file. */
  List<Sample> samples() throws IOException {
    return Samples.of(folder, layout, words());
  }

  /** True for the folder {@code -}, which holds no samples. */
  boolean none() {
    return folder.equals(NONE);
  }

  private ClassWords words() throws IOException {
    Map<String, String> all = new HashMap<>();
    if (synonymsFile != null) {
      Properties properties = new Properties();
      try (var reader = Files.newBufferedReader(synonymsFile)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().forEach(w -> all.put(w, properties.getProperty(w, "")));
    }
    all.putAll(synonyms);
    return ClassWords.standard().and(all);
  }
}
