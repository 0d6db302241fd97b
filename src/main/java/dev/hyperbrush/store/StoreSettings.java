package dev.hyperbrush.store;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * Where the database is. Immutable.
 *
 * @param url of a PostgreSQL database, without a password; where empty, H2 keeps a file in the data
 *     folder
 * @param user of PostgreSQL
 * @param password of that user, where it needs one
 */
public record StoreSettings(Optional<String> url, String user, Optional<String> password) {
  private static final String SCHEME = "jdbc:postgresql:";
  private static final String USUAL_USER = "hyperbrush";

  /** Behind the database's name, or before the host as in the addresses of other programs. */
  private static final Pattern MAYBE_SECRET = Pattern.compile("\\?.*|(?<=//)[^/?]*@");

  /**
   * Refuses what is no address of a PostgreSQL database.
   *
   * @throws Refusal also for an address with a password, which would come to be shown
   */
  public StoreSettings {
    url.ifPresent(StoreSettings::check);
  }

  private static void check(String url) {
    if (url.contains("password=")) {
      throw new Refusal(ReasonCode.DATABASE_ADDRESS_HAS_PASSWORD, shown(url));
    }
    if (!url.startsWith(SCHEME) || url.contains("@") || Driver.parseURL(url, null) == null) {
      throw new Refusal(ReasonCode.DATABASE_ADDRESS_WRONG, shown(url));
    }
  }

  /** A file in the data folder. */
  public static StoreSettings embedded() {
    return new StoreSettings(Optional.empty(), USUAL_USER, Optional.empty());
  }

  /** The part of an address that anybody may see. */
  static String shown(String url) {
    return MAYBE_SECRET.matcher(url).replaceAll("");
  }

  /** Without the password, so that no log has it. */
  @Override
  public String toString() {
    return "StoreSettings[url=" + url.map(StoreSettings::shown) + ", user=" + user + "]";
  }
}
