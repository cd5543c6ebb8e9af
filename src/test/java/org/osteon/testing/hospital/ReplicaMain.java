package org.osteon.testing.hospital;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.osteon.config.Settings;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.topology.commit.CommitBarrier;

/**
 * A replica of the service in a process of its own: {@code ReplicaMain FILE [POINT N]
 * [no-barrier]}. But for the hooks it is what {@code osteon serve} runs.
 */
final class ReplicaMain {
  private ReplicaMain() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.load(Path.of(arguments[0]), Map.of(), Map.of());
    KillPoint point =
        arguments.length > 2 ? KillPoint.valueOf(arguments[1]) : KillPoint.AFTER_SUBMIT;
    int n = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    Assassin assassin = new Assassin(point, n);
    boolean barrier = !arguments[arguments.length - 1].equals("no-barrier");
    Supplier<CommitBarrier> barriers = barrier ? CommitBarrier::new : () -> new NoBarrier(assassin);
    OsteonService service =
        OsteonService.start(
            settings,
            new Hooks(assassin.pipeline(), assassin.topology(), barriers, assassin.clients()));
    System.exit(service.run());
  }

  /** What everyone has who buffers in a processor: nothing drains before a commit. */
  private static final class NoBarrier extends CommitBarrier {
    private final Assassin assassin;

    NoBarrier(Assassin assassin) {
      this.assassin = assassin;
    }

    @Override
    public void flushCache() {
      // On purpose without a drain.
      assassin.commitComes();
    }
  }
}
