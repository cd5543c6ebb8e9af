package org.osteon.streams;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.osteon.config.value.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this replica keeps its stores: the first numbered folder that no other replica on this
 * machine holds. Kafka Streams lets no two share one, and a replica that starts again wants the one
 * that it had.
 *
 * <p><b>Threading.</b> Any.
 */
public final class StateFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
  private static final int MOST = 100;
  private static final String LOCK = ".osteon-lock";

  private final Path folder;
  private final FileChannel channel;

  private StateFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Where it is kept if nothing is said. */
  public static Path standard() {
    return Path.of(System.getProperty("java.io.tmpdir"), "osteon-streams");
  }

  /**
   * Takes one until it is closed, or the process ends.
   *
   * @param base {@code streams.state.dir}; made where it is not there
   * @param cluster whose topics the stores are restored from
   * @throws ConfigException nothing can be written there
   */
  public static StateFolder take(Path base, String cluster) {
    try {
      for (int i = 0; i < MOST; i++) {
        Path folder = Files.createDirectories(base.resolve(cluster).resolve(Integer.toString(i)));
        FileChannel channel = held(folder.resolve(LOCK));
        if (channel != null) {
          return new StateFolder(folder, channel);
        }
      }
    } catch (IOException e) {
      throw new ConfigException(
          "streams.state.dir is %s, where nothing can be written (%s): name a folder that can."
              .formatted(base, e.getMessage()),
          e);
    }
    throw new ConfigException(
        "streams.state.dir is %s, where %d replicas hold all there is: name another folder."
            .formatted(base, MOST));
  }

  /** The channel whose lock was taken, or null where someone else has it. */
  private static @Nullable FileChannel held(Path lock) throws IOException {
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock taken = null;
    try {
      taken = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another replica in this process.
    } finally {
      if (taken == null) {
        channel.close();
      }
    }
    return taken == null ? null : channel;
  }

  /** Held by no other replica. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock is the operating system's, and goes with the process at the latest.
      LOG.debug("The lock of {} was not closed", folder, e);
    }
  }
}
