package org.osteon.batch.device;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the device answers. A native call cannot be interrupted, so a hung one can only be
 * noticed and named: the caller that waits for its outcome decides how long to go on waiting.
 *
 * <p><b>Threading.</b> Inference threads say when a call begins and ends; anyone may ask.
 */
public final class DeviceHealth {
  private final Map<String, Long> callsSince = new ConcurrentHashMap<>();
  private final String device;
  private final Duration timeout;
  private volatile @Nullable String lost;

  public DeviceHealth(String device, Duration timeout) {
    this.device = device;
    this.timeout = timeout;
  }

  /** One sentence that names the trouble, or nothing where there is none. */
  public Optional<String> trouble() {
    String gone = lost;
    if (gone != null) {
      return Optional.of(gone);
    }
    long now = System.nanoTime();
    for (Map.Entry<String, Long> call : callsSince.entrySet()) {
      long nanos = now - call.getValue();
      if (nanos > timeout.toNanos()) {
        return Optional.of(
            "Device %s hangs: a model call on thread %s has not returned for %d ms."
                .formatted(device, call.getKey(), TimeUnit.NANOSECONDS.toMillis(nanos)));
      }
    }
    return Optional.empty();
  }

  /** True where the device will not come back without a restart. */
  public boolean isLost() {
    return lost != null;
  }

  public void callBegins() {
    callsSince.put(Thread.currentThread().getName(), System.nanoTime());
  }

  public void callEnds() {
    callsSince.remove(Thread.currentThread().getName());
  }

  public void lose(String why) {
    lost = "Device " + device + " is lost: " + why;
  }
}
