package dev.hyperbrush.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** The page in a real browser, before a real queue and database. */
@Tag("browser")
final class PageTest {
  private static final String RED = "a red circle on a blue background";
  private static final String GREEN = "a green circle on a yellow background";
  private static final String RESULT = ".work[data-state=done] .picture img";

  private static Browser browser;

  @TempDir private Path data;
  private OpenPage page;

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
  void open() {
    page = new OpenPage(data);
    browser.open(page.url());
  }

  @AfterEach
  void close() {
    try {
      assertThat(browser.complaints()).as("errors of scripts").isEmpty();
    } finally {
      page.close();
    }
  }

  @Test
  void whatIsTypedIsDrawn() throws IOException {
    type(RED + Keys.ENTER);

    WebElement picture = browser.visible(RESULT);

    browser.awaitLoaded(picture);
    assertThat(Browser.isRed(Browser.pixel(picture, 0.5, 0.5))).as("red in the middle").isTrue();
    assertThat(Browser.isRed(Browser.pixel(picture, 0.05, 0.05))).as("red in the corner").isFalse();
    assertThat(browser.visible(".work .prompt").getText()).isEqualTo(RED);
    assertThat(browser.visible(".work .facts").getText()).contains("seed");
  }

  @Test
  void stepsAndTheFormingPictureAreShown() throws IOException {
    page.painter().holdBack();
    type(RED + " --steps 4" + Keys.ENTER);
    browser.visible(".work[data-state=running]");

    page.painter().step();
    page.painter().step();

    browser.awaitText(".work .state", "Step 2 of 4");
    assertThat(browser.visible(".work .bar").getDomProperty("value")).isEqualTo("2");
    WebElement preview = browser.visible(".forming img");
    browser.awaitLoaded(preview);
    assertThat(Browser.isRed(Browser.pixel(preview, 0.5, 0.5))).isTrue();
    page.painter().letGo();
    browser.visible(RESULT);
  }

  @Test
  void waitingJobsShowTheirPlace() {
    page.painter().holdBack();
    type(RED + Keys.ENTER);
    browser.visible(".work[data-state=running]");
    type(GREEN + Keys.ENTER);
    browser.awaitText(".work[data-state=queued] .state", "Next in line");
    type("a blue circle" + Keys.ENTER);

    browser.awaitText(".work[data-state=queued] .state", "number 2");

    browser.visible(".work[data-state=running] .cancel").click();
    browser.awaitText(".work[data-state=running] .prompt", GREEN);
    browser.awaitText(".work[data-state=queued] .state", "Next in line");
    page.painter().letGo();
    browser.awaitText(".work[data-state=done] .prompt", "a blue circle");
  }

  @Test
  void aRunningJobCanBeCancelled() {
    page.painter().holdBack();
    type(RED + Keys.ENTER);

    browser.visible(".work[data-state=running] .cancel").click();

    browser.awaitText(".work[data-state=cancelled] .state", "Cancelled");
    assertThat(browser.all(RESULT)).isEmpty();
  }

  @Test
  void aWrongFlagIsExplainedAndTheLineStays() {
    type(RED + " --stepps 4" + Keys.ENTER);

    WebElement error = browser.visible("#error");

    assertThat(error.getText()).contains("stepps").contains("--steps");
    assertThat(browser.visible("#error-code").getText()).matches("[A-Z_]+");
    assertThat(prompt().getDomProperty("value")).isEqualTo(RED + " --stepps 4");
    assertThat(browser.all(".work")).isEmpty();
  }

  @Test
  void markupInAPromptStaysText() {
    String evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> red";
    type(evil + Keys.ENTER);
    browser.visible(RESULT).click();
    browser.awaitText("#lightbox-prompt", "onerror");
    browser.reload();

    browser.awaitText(".tile .caption", "<img src=x");

    assertThat(browser.all("img[src=x], main script")).isEmpty();
    assertThat(browser.driver().getTitle()).isEqualTo("Hyperbrush");
  }

  @Test
  void theGalleryOutlivesAReloadAndIsSearched() {
    draw(RED);
    draw(GREEN);
    browser.reload();
    browser.awaitCount(".tile", 2);

    browser.visible("#search").sendKeys("green");

    browser.awaitCount(".tile", 1);
    assertThat(browser.visible(".tile .caption").getText()).isEqualTo(GREEN);
    browser.visible("#search").sendKeys(" elephant");
    browser.awaitText("#gallery-note", "elephant");
  }

  @Test
  void aPictureIsDeletedOnlyAfterASecondLook() {
    draw(RED);
    String picture = String.valueOf(browser.visible(RESULT).getDomProperty("src"));

    browser.visible(".work .action.delete").click();
    browser.visible(".work .confirm .action:not(.danger)").click();
    assertThat(browser.all(RESULT)).hasSize(1);
    browser.visible(".work .action.delete").click();
    browser.visible(".work .confirm .danger").click();

    browser.gone(".work");
    browser.visible("#welcome");
    assertThat(page.get(picture).statusCode()).isEqualTo(404);
    browser.reload();
    browser.visible("#welcome");
  }

  @Test
  void aSecondTabSeesTheSame() {
    String first = browser.driver().getWindowHandle();
    String second = browser.driver().switchTo().newWindow(WindowType.TAB).getWindowHandle();
    try {
      browser.open(page.url());
      page.painter().holdBack();
      browser.driver().switchTo().window(first);
      type(RED + " --steps 4" + Keys.ENTER);
      browser.visible(".work[data-state=running]");
      page.painter().step();
      browser.driver().switchTo().window(second);

      browser.awaitText(".work .state", "Step 1 of 4");

      page.painter().letGo();
      browser.visible(RESULT);
      browser.visible(".work .action.delete").click();
      browser.visible(".work .confirm .danger").click();
      browser.driver().switchTo().window(first);
      browser.gone(".work");
    } finally {
      browser.driver().switchTo().window(second).close();
      browser.driver().switchTo().window(first);
    }
  }

  /** A browser grants six connections to one server, over all its tabs. */
  @Test
  void moreTabsThanConnectionsDoNotStopThePage() {
    String first = browser.driver().getWindowHandle();
    Deque<String> tabs = new ArrayDeque<>();
    try {
      for (int tab = 0; tab < 8; tab++) {
        tabs.push(browser.driver().switchTo().newWindow(WindowType.TAB).getWindowHandle());
        browser.open(page.url());
      }

      type(RED + Keys.ENTER);

      browser.visible(RESULT);
    } finally {
      tabs.forEach(tab -> browser.driver().switchTo().window(tab).close());
      browser.driver().switchTo().window(first);
    }
  }

  @Test
  void theEndOfTheServerIsSaidAndItsReturnNoticed() {
    draw(RED);

    page.closeServer();
    browser.visible("#lost");
    type(GREEN + Keys.ENTER);
    browser.awaitText("#error", "does not answer");
    page.restartServer();

    browser.gone("#lost");
    type(GREEN + Keys.ENTER);
    browser.awaitText(".work[data-state=done] .prompt", GREEN);
    browser.awaitCount(".tile", 1);
  }

  @Test
  void controlsAndTheLineSayTheSame() {
    type(RED + " --steps 4");
    WebElement steps = browser.visible("#control-steps");
    assertThat(steps.getDomProperty("value")).isEqualTo("4");

    steps.clear();
    steps.sendKeys("8" + Keys.TAB);
    browser.visible("#control-no").sendKeys("text, blurry" + Keys.TAB);

    assertThat(prompt().getDomProperty("value"))
        .isEqualTo(RED + " --steps 8 --no \"text, blurry\"");
    steps.clear();
    steps.sendKeys(Keys.TAB);
    assertThat(prompt().getDomProperty("value")).isEqualTo(RED + " --no \"text, blurry\"");
  }

  @Test
  void keysAreEnough() {
    browser.visible("body").sendKeys("/");
    browser.driver().switchTo().activeElement().sendKeys(RED + " --st");
    browser.awaitText("#suggestions", "--steps");
    prompt().sendKeys(Keys.TAB, "2", Keys.ENTER);
    browser.visible(RESULT);

    prompt().sendKeys("something else", Keys.ARROW_UP);

    assertThat(prompt().getDomProperty("value")).isEqualTo(RED + " --steps 2");
    prompt().sendKeys(Keys.ARROW_DOWN);
    assertThat(prompt().getDomProperty("value")).isEqualTo("something else");
  }

  @Test
  void theLightboxWalksThroughThePictures() {
    draw(RED);
    draw(GREEN);
    browser.visible(RESULT).click();
    browser.awaitText("#lightbox-prompt", GREEN);

    browser.driver().switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);

    browser.awaitText("#lightbox-prompt", RED);
    browser.driver().switchTo().activeElement().sendKeys(Keys.ARROW_LEFT);
    browser.awaitText("#lightbox-prompt", GREEN);
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    browser.gone("#lightbox");
  }

  @Test
  void theFocusStaysInTheGalleryWhenAPictureIsDeleted() {
    draw(RED);
    draw(GREEN);
    browser.reload();
    browser.awaitCount(".tile", 2);
    browser.visible(".tile").click();

    browser.visible("#lightbox .delete").click();
    browser.visible("#lightbox .danger").click();

    browser.gone("#lightbox");
    browser.awaitCount(".tile:focus", 1);
    browser.visible(".tile").click();
    browser.visible("#lightbox .delete").click();
    browser.visible("#lightbox .danger").click();
    browser.gone("#lightbox");
    browser.awaitCount("#prompt:focus", 1);
  }

  @Test
  void settingsAreReachedInTheOrderInWhichTheyAreSeen() {
    Object seen =
        browser.run(
            """
            const all = [...document.querySelectorAll(".control")];
            const place = (each) => each.getBoundingClientRect();
            return all.every((each, i) => !i || place(all[i - 1]).top < place(each).top
              || place(all[i - 1]).left < place(each).left);
            """);

    assertThat(seen).isEqualTo(true);
    assertThat(browser.all(".control")).hasSizeGreaterThan(3);
  }

  @Test
  void settingsOfAPictureGoBackIntoTheBox() {
    draw(RED + " --steps 2 --seed 77");

    browser.visible(".work .action.use").click();

    assertThat(prompt().getDomProperty("value")).contains(RED, "--steps 2", "--seed 77");
    browser.visible(".work .action.again").click();
    browser.awaitCount(".tile", 1);
    browser.visible(RESULT);
  }

  @Test
  void severalPicturesOfOneJobEachHaveTheirSeed() {
    type(RED + " --count 3 --seed 7" + Keys.ENTER);
    browser.awaitCount(RESULT, 3);

    browser.visible(".work .picture:nth-child(2)").click();

    browser.awaitText("#lightbox-facts", "8");
    browser.visible("#lightbox-close").click();
    browser.gone("#lightbox");
  }

  @Test
  void aWrongTokenIsSaidAndTheRightOneOpens(@TempDir Path lockedData) {
    String token = "correct horse battery";
    WebSettings settings = new WebSettings("127.0.0.1", 0, Optional.of(token), List.of());
    try (OpenPage locked = new OpenPage(lockedData, settings)) {
      browser.driver().get(locked.url());
      browser.visible("#token").sendKeys("wrong" + Keys.ENTER);
      browser.awaitText(".wrong", "not the token");

      browser.visible("#token").sendKeys(token + Keys.ENTER);

      browser.visible("#prompt");
      assertThat(browser.driver().getCurrentUrl()).isEqualTo(locked.url());
    }
  }

  @Test
  void anExampleIsOneClick() {
    browser.visible(".example").click();

    assertThat(prompt().getDomProperty("value")).isEqualTo(browser.visible(".example").getText());
  }

  @Test
  void answersInWordsAreShown() {
    type("/help" + Keys.ENTER);

    assertThat(browser.visible("#reply").getText()).contains("/imagine");
    browser.visible("#reply-close").click();
    browser.gone("#reply");
  }

  private void draw(String line) {
    int before = browser.all(".tile").size();
    boolean shown = !browser.all(RESULT).isEmpty();
    type(line + Keys.ENTER);
    browser.awaitCount(".tile", shown ? before + 1 : before);
    browser.awaitText(".work[data-state=done] .prompt", line.replaceAll(" --.*", ""));
  }

  private static void type(String keys) {
    prompt().clear();
    prompt().sendKeys(keys);
  }

  private static WebElement prompt() {
    return browser.visible("#prompt");
  }
}
