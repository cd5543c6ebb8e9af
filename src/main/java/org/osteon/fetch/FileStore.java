package org.osteon.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * Files below a few roots. From a root on, each folder is opened by its handle and no symbolic link
 * is followed, so a link that someone puts in while we look leads nowhere either.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class FileStore implements Store {
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
    Path path = Path.of(uri.getPath()).normalize();
    for (Path root : roots) {
      if (path.startsWith(root) && !path.equals(root)) {
        return new FilePlace(root, root.relativize(path));
      }
    }
    throw Refusal.forbidden("The file is below none of fetch.file.roots.");
  }

  @Override
  public void close() {}

  private record FilePlace(Path root, Path inside) implements Place {
    @Override
    public String store() {
      return "file://" + root;
    }

    @Override
    public Opened open(Deadline deadline) throws Refusal, IOException {
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
      }
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
