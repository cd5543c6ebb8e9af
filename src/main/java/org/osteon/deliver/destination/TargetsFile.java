package org.osteon.deliver.destination;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.osteon.config.value.ConfigException;

/** {@code deliver.targets.file}: properties {@code NAME.key}. */
public final class TargetsFile {
  private TargetsFile() {}

  /**
   * @return every target's keys, by name
   * @throws ConfigException it cannot be read, or names no target
   */
  public static List<TargetSettings> read(Path file) {
    Properties all = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      all.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "deliver.targets.file cannot be read (%s): give a properties file."
              .formatted(e.getClass().getSimpleName()),
          e);
    }
    Map<String, Map<String, String>> targets = new TreeMap<>();
    for (String key : all.stringPropertyNames()) {
      int dot = key.indexOf('.');
      if (dot < 1 || !key.substring(0, dot).matches("[a-z0-9-]{1,40}")) {
        throw new ConfigException(
            "deliver.targets.file: %s must be NAME.key, the name up to 40 small letters, digits or hyphens."
                .formatted(key));
      }
      targets
          .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
          .put(key.substring(dot + 1), all.getProperty(key).trim());
    }
    if (targets.isEmpty()) {
      throw new ConfigException(
          "deliver.targets.file names no target: give NAME.type, see docs/deliver.md.");
    }
    List<TargetSettings> read = new ArrayList<>();
    targets.forEach((name, values) -> read.add(new TargetSettings(name, values)));
    return read;
  }
}
