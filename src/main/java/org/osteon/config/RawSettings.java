package org.osteon.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.config.keys.KeyGroups;
import org.osteon.config.value.ConfigException;
import org.osteon.config.value.Setting;

/** What the three sources say, the stronger over the weaker, each value checked by itself. */
final class RawSettings {
  /** Variables of the launcher, not of the configuration. */
  private static final Set<String> LAUNCHER = Set.of("OSTEON_JAVA_OPTS", "OSTEON_NO_BUILD");

  /** What Kubernetes puts into every container beside a Service whose name begins with osteon. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "OSTEON(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

  private static final String FLAG = "on the command line";

  final Map<Setting<?>, String> own = new HashMap<>();
  final Map<Setting<?>, String> where = new HashMap<>();
  final Map<PassThrough, Map<String, String>> passed = new EnumMap<>(PassThrough.class);

  RawSettings(@Nullable Path file, Map<String, String> env, Map<String, String> flags) {
    if (file != null) {
      fromFile(file);
    }
    fromEnvironment(env);
    flags.forEach((key, value) -> put(key, value, FLAG));
  }

  private void fromFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "The configuration file %s cannot be read (%s): give a readable properties file in UTF-8."
              .formatted(file, e.getMessage()),
          e);
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      put(key, properties.getProperty(key), "in " + file);
    }
  }

  private void fromEnvironment(Map<String, String> env) {
    for (Map.Entry<String, String> entry : new TreeMap<>(env).entrySet()) {
      String name = entry.getKey();
      String value = entry.getValue();
      // An empty variable is how shells and manifests say "not set".
      if (!name.startsWith("OSTEON_") || value.isBlank() || LAUNCHER.contains(name)) {
        continue;
      }
      boolean link = SERVICE_LINK.matcher(name).matches();
      String key = keyOf(name);
      if (link && (key == null || value.contains("://"))) {
        continue;
      }
      if (key == null) {
        throw unknown(name, KeyGroups.settings().stream().map(Setting::variable).toList());
      }
      put(key, value, "as " + name);
    }
  }

  private static @Nullable String keyOf(String variable) {
    for (Setting<?> setting : KeyGroups.settings()) {
      if (setting.variable().equals(variable)) {
        return setting.key();
      }
    }
    for (PassThrough group : PassThrough.values()) {
      if (variable.startsWith(group.variablePrefix())) {
        String rest = variable.substring(group.variablePrefix().length());
        return group.prefix() + rest.toLowerCase(Locale.ROOT).replace('_', '.');
      }
    }
    return null;
  }

  private void put(String key, String value, String place) {
    for (Setting<?> setting : KeyGroups.settings()) {
      if (setting.key().equals(key)) {
        String said = place.equals(FLAG) ? "as " + setting.flag() : place;
        setting.parse(value.trim(), said);
        own.put(setting, value.trim());
        where.put(setting, said);
        return;
      }
    }
    for (PassThrough group : PassThrough.values()) {
      if (key.startsWith(group.prefix())) {
        passed.computeIfAbsent(group, g -> new TreeMap<>()).put(group.strip(key), value.trim());
        return;
      }
    }
    throw unknown(key, KeyGroups.settings().stream().map(Setting::key).toList());
  }

  private static ConfigException unknown(String name, List<String> names) {
    List<String> candidates = new ArrayList<>(names);
    String nearest = Nearest.to(name, candidates);
    return new ConfigException(
        nearest == null
            ? "%s is no setting of Osteon: remove it, or see docs/configuration.md.".formatted(name)
            : "%s is no setting of Osteon: did you mean %s?".formatted(name, nearest));
  }
}
