package dev.hyperbrush.scheduler;

/** The beta distribution with two equal shape parameters. */
final class SymmetricBeta {
  /** Terms of the continued fraction; up to the middle it needs fewer for full precision. */
  private static final int TERMS = 60;

  private static final int HALVINGS = 100;

  /** The x below which a share {@code p}, 0 to 1, of the distribution lies. */
  static double quantile(double p, double shape) {
    if (p > 0.5) {
      return 1 - quantile(1 - p, shape);
    }
    double wanted = p * 2 * incomplete(0.5, shape); // half of the distribution lies below 1/2
    double low = 0;
    double high = 0.5;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (incomplete(middle, shape) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The incomplete beta function B_x(a, a), by the continued fraction of DLMF 8.17.22. */
  private static double incomplete(double x, double a) {
    double fraction = 1;
    for (int n = TERMS; n > 0; n--) {
      fraction = 1 + coefficient(n, a) * x / fraction;
    }
    return Math.pow(x * (1 - x), a) / (a * fraction);
  }

  private static double coefficient(int n, double a) {
    int m = n / 2;
    return n % 2 == 0
        ? m * (a - m) / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (2 * a + m) / ((a + 2 * m) * (a + 2 * m + 1));
  }

  private SymmetricBeta() {}
}
