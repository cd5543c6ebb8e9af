package org.osteon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osteon.config.value.ConfigException;
import org.osteon.config.value.Setting;

/** Tokens come out of files, so that none is ever a setting, an argument or a variable. */
public final class TokenFile {
  private static final int LEAST = 16;

  private TokenFile() {}

  /**
   * The token that a setting leads to; empty where it is not set.
   *
   * @throws ConfigException as {@link #read}
   */
  public static Optional<String> find(Settings settings, Setting<Path> setting) {
    return settings.find(setting).map(file -> read(setting, file));
  }

  /**
   * What the file holds, without blanks around it.
   *
   * @param setting that names the file
   * @throws ConfigException it cannot be read, or is too short to be a token
   */
  public static String read(Setting<Path> setting, Path file) {
    String token;
    try {
      token = Files.readString(file).trim();
    } catch (IOException e) {
      throw new ConfigException(
          "%s cannot be read (%s): give a readable file."
              .formatted(setting.key(), e.getClass().getSimpleName()),
          e);
    }
    if (token.length() < LEAST) {
      throw new ConfigException(
          "%s must hold at least %d characters: make one with `openssl rand -hex 32`."
              .formatted(setting.key(), LEAST));
    }
    return token;
  }
}
