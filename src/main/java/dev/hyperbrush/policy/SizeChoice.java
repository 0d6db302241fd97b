package dev.hyperbrush.policy;

import static java.util.Comparator.comparingDouble;

import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.pipeline.ModelVariant;
import java.util.List;

/** Which size a model draws when somebody asks for one. Immutable. */
record SizeChoice(ModelVariant model, long maxPixels) {
  /** Ratios closer than this (as a difference of logarithms, so about 3%) look the same. */
  private static final double SAME_RATIO = 0.03;

  SizeChoice {
    maxPixels = Math.min(maxPixels, model.maxPixels());
  }

  /** The native size, smaller where the operator's limit wants it. */
  ImageSize usual() {
    return fit(model.nativeSize().width(), model.nativeSize().height());
  }

  ImageSize choose(SizeWish wish, List<Phrase> notices) {
    return switch (wish) {
      case SizeWish.Pixels pixels -> nearest(pixels, notices);
      case SizeWish.Ratio ratio -> trained(ratio, notices);
    };
  }

  private ImageSize nearest(SizeWish.Pixels asked, List<Phrase> notices) {
    int width = asked.width().orElse(usual().width());
    int height = asked.height().orElse(usual().height());
    ImageSize size = fit(width, height);
    if (size.width() != width || size.height() != height) {
      notices.add(Phrase.of(ReasonCode.SIZE_CHANGED, width + "x" + height, size, model.id()));
    }
    return size;
  }

  private ImageSize trained(SizeWish.Ratio ratio, List<Phrase> notices) {
    ImageSize nearest =
        model.sizes().stream()
            .min(comparingDouble(size -> Math.abs(logarithm(size) - ratio.logarithm())))
            .orElseThrow();
    ImageSize size = fit(nearest.width(), nearest.height());
    if (Math.abs(logarithm(size) - ratio.logarithm()) > SAME_RATIO) {
      notices.add(Phrase.of(ReasonCode.RATIO_CHANGED, ratio, size, model.id()));
    }
    return size;
  }

  /** The nearest size the model takes: the same shape when it must shrink. */
  private ImageSize fit(int width, int height) {
    double shrink = Math.min(1, Math.sqrt((double) maxPixels / ((double) width * height)));
    int fittedWidth = snap(width * shrink);
    int fittedHeight = snap(height * shrink);
    while ((long) fittedWidth * fittedHeight > maxPixels
        && Math.max(fittedWidth, fittedHeight) > smallest()) {
      // Rounding up, or a side that is already the smallest, left it too large: trim the longer.
      if (fittedWidth >= fittedHeight) {
        fittedWidth -= model.sizeMultiple();
      } else {
        fittedHeight -= model.sizeMultiple();
      }
    }
    return new ImageSize(fittedWidth, fittedHeight);
  }

  private int snap(double side) {
    int multiple = model.sizeMultiple();
    long snapped = Math.round(side / multiple) * multiple;
    return Math.clamp(snapped, smallest(), ImageSize.MAX / multiple * multiple);
  }

  private int smallest() {
    int multiple = model.sizeMultiple();
    return Math.ceilDiv(Math.max(model.minSide(), ImageSize.MIN), multiple) * multiple;
  }

  private static double logarithm(ImageSize size) {
    return Math.log((double) size.width() / size.height());
  }
}
