package org.osteon.config.keys;

import java.util.ArrayList;
import java.util.List;
import org.osteon.config.value.Setting;

/** The settings of one subject, in the order in which the page shows them. */
final class KeyGroup {
  private final List<Setting<?>> settings = new ArrayList<>();

  /** Adds one, while the class that defines it is initialised. */
  <T> Setting<T> add(Setting<T> setting) {
    settings.add(setting);
    return setting;
  }

  List<Setting<?>> settings() {
    return List.copyOf(settings);
  }
}
