package org.osteon.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The console. */
public final class ConsoleKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<InetSocketAddress> CONSOLE_LISTEN =
      KEYS.add(
          new Setting<>(
              "console.listen",
              "127.0.0.1:8090",
              ValueTypes.listen(),
              "Address and port of `osteon console`; port 0 takes a free one and prints it.",
              "Whoever reaches it reads studies and findings: on another address put a proxy with TLS and a login before it."));

  public static final Setting<Path> CONSOLE_TOKEN_FILE =
      KEYS.add(
          new Setting<>(
              "console.token.file",
              null,
              ValueTypes.path(),
              "File with the token that actions of the console ask for, at least 16 characters; without it the console is read-only.",
              "In plain HTTP it can be read on the way."));

  private ConsoleKeys() {}
}
