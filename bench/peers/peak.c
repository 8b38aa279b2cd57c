/*
 * The most that this machine can do with 128-bit multiplications and
 * additions of float64, each by itself: ten independent chains in registers.
 * For every line of input, the best of eight short runs in GFlop/s.
 */
#include <emmintrin.h>
#include <stdio.h>
#include <time.h>

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static double sink;

static double run(long steps) {
  __m128d sums[10], x = _mm_set1_pd(1.0000001), y = _mm_set1_pd(0.9999);
  for (int i = 0; i < 10; i++) sums[i] = _mm_set1_pd(i);
  double start = seconds();
  for (long step = 0; step < steps; step++)
    for (int i = 0; i < 10; i++) {
      sums[i] = _mm_add_pd(sums[i], _mm_mul_pd(x, y));
      __asm__ volatile("" : "+x"(x)); /* else the product would be computed once */
    }
  double elapsed = seconds() - start;
  for (int i = 0; i < 10; i++) {
    double lanes[2];
    _mm_storeu_pd(lanes, sums[i]);
    sink += lanes[0];
  }
  return steps * 10 * 4 / elapsed / 1e9;
}

int main(void) {
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    double best = 0;
    for (int i = 0; i < 8; i++) {
      double result = run(30000);
      if (result > best) best = result;
    }
    printf("%.6f\n", best);
    fflush(stdout);
  }
  return sink == 1;
}
