package dev.hyperbrush.synthetic;

/**
 * A place in the tree of modules, under both of its names.
 *
 * <p>Immutable.
 *
 * @param folder in diffusers' layout, where each network has a file of its own
 * @param single in the original layout, where one file holds all networks
 */
record Place(String folder, String single) {
  Place in(String folderChild, String singleChild) {
    return new Place(joined(folder, folderChild), joined(single, singleChild));
  }

  /** A child that has the same name in both. */
  Place in(String child) {
    return in(child, child);
  }

  private static String joined(String parent, String child) {
    return parent.isEmpty() ? child : parent + "." + child;
  }
}
