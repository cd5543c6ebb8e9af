package org.osteon.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;

/**
 * Files below a few roots. From a root on, each folder is opened by its handle and no symbolic link
 * is followed, so a link that someone puts in while we look leads nowhere either.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class FileStore implements Store {
  /** Bytes of a name, on the file systems that are common. */
  private static final int LONGEST_NAME = 255;

  private final List<Path> roots;

  /**
   * @param roots absolute paths of folders; a root itself may be a link, it is the operator's own
   */
  FileStore(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public Place place(URI uri) throws Refusal {
    if (uri.getRawAuthority() != null || uri.getRawQuery() != null) {
      throw Refusal.forbidden("A file's address names no host and asks no query.");
    }
    Path path = path(uri);
    for (Path root : roots) {
      if (path.startsWith(root) && !path.equals(root)) {
        Path inside = root.relativize(path);
        checkNames(inside);
        return new FilePlace(root, inside);
      }
    }
    throw Refusal.forbidden("The file is below none of fetch.file.roots.");
  }

  /** A name that cannot be is none that is there: no store is away for it. */
  private static Path path(URI uri) throws Refusal {
    try {
      return Path.of(uri.getPath()).normalize();
    } catch (InvalidPathException e) {
      throw new Refusal(
          FetchFault.NOT_FOUND,
          "No file has such a name here: start Osteon in a locale of UTF-8 where files have names"
              + " beyond ASCII.");
    }
  }

  private static void checkNames(Path inside) throws Refusal {
    for (Path name : inside) {
      if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw new Refusal(FetchFault.NOT_FOUND, "No file has a name as long as that.");
      }
    }
  }

  @Override
  public void close() {}

  private record FilePlace(Path root, Path inside) implements Place {
    @Override
    public String store() {
      return "file://" + root;
    }

    @Override
    public Opened open(Deadline deadline, Watchdog.Guard guard) throws Refusal, IOException {
      // A root that cannot be listed is a store that is away: a mount that is gone.
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
        if (!(stream instanceof SecureDirectoryStream<Path> folder)) {
          throw Refusal.forbidden("Files cannot be opened safely on this system.");
        }
        return descend(folder, 0);
      }
    }

    private Opened descend(SecureDirectoryStream<Path> folder, int depth)
        throws Refusal, IOException {
      Path name = inside.getName(depth);
      try {
        BasicFileAttributes is =
            folder
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (is.isSymbolicLink()) {
          throw Refusal.forbidden("There is a symbolic link on the way to the file.");
        }
        if (depth < inside.getNameCount() - 1) {
          try (SecureDirectoryStream<Path> next =
              folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return descend(next, depth + 1);
          }
        }
        if (!is.isRegularFile()) {
          throw Refusal.forbidden("It is no regular file.");
        }
        SeekableByteChannel channel =
            folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        InputStream in = Channels.newInputStream(channel);
        return new Opened(in, channel.size(), () -> closeQuietly(channel), channel);
      } catch (NoSuchFileException | NotDirectoryException e) {
        throw new Refusal(FetchFault.NOT_FOUND, "There is no such file below " + root + ".");
      } catch (AccessDeniedException e) {
        throw new Refusal(FetchFault.STORE_REFUSED, "The file may not be read.");
      } catch (FileSystemException e) {
        if (isTooLong(e)) {
          throw new Refusal(FetchFault.NOT_FOUND, "No file has a name as long as that.");
        }
        throw e;
      }
    }

    /** ENAMETOOLONG, of a file system whose names are shorter than most. */
    private static boolean isTooLong(FileSystemException e) {
      return String.valueOf(e.getReason()).toLowerCase(Locale.ROOT).contains("name too long");
    }

    private static void closeQuietly(SeekableByteChannel channel) {
      try {
        channel.close();
      } catch (IOException e) {
        // It was to be ended, and it is.
      }
    }
  }
}
