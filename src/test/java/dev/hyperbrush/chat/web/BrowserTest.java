package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** One browser for a view's tests, and for each a page of its own on a new database. */
@Tag("browser")
abstract class BrowserTest {
  static Browser browser;

  @TempDir private Path data;
  OpenPage page;

  @BeforeAll
  static void startBrowser(@TempDir Path profile) {
    browser = Browser.start(profile, 1200, 900);
  }

  @AfterAll
  static void quitBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openPage() {
    page = new OpenPage(data);
  }

  @AfterEach
  void closePage() {
    try {
      assertThat(browser.complaints()).as("errors of scripts").isEmpty();
    } finally {
      page.close();
    }
  }

  /** Goes to a view, as a bookmark would. */
  void open(String view) {
    browser.driver().get("about:blank"); // else only the part behind the # changes
    browser.open(page.url() + "#/" + view);
  }

  /** Fills a field with other words. */
  static void fill(String css, String words) {
    WebElement field = browser.visible(css);
    field.clear();
    field.sendKeys(words);
  }

  static String value(String css) {
    return String.valueOf(browser.visible(css).getDomProperty("value"));
  }

  /** What has the focus, by its words. */
  static String focused() {
    return browser.driver().switchTo().activeElement().getText();
  }
}
