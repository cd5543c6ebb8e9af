package org.osteon.dataset.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;

/** How a data set lies in its folder: one class for each layout that is read. */
interface Layout {
  /** The word for {@code --layout}. */
  String name();

  /** Whether the folder looks like it; reads names, never an image. */
  boolean recognises(Path folder) throws IOException;

  /**
   * The samples in any order; no image is opened.
   *
   * @param folder one that {@link #recognises} said yes to, or the user did
   * @param words what the words for classes mean
   * @throws IllegalArgumentException with one sentence where something in it cannot be understood
   */
  List<Sample> samples(Path folder, ClassWords words) throws IOException;
}
