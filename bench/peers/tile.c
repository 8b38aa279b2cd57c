/*
 * The inner loop of the kernels with the instructions of the engine in the
 * best order, run over packed panels in the first-level cache: what is left of
 * the peak once its operands are loaded and its loop is counted. For every line
 * "DEPTH": the GFlop/s of a 4×4 tile of multiplications and additions, then
 * those of a 6×4 tile of fused instructions, each the best of eight runs with
 * the panels at different distances.
 */
#include <stdio.h>
#include <time.h>

static double panels[1 << 15] __attribute__((aligned(4096)));

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

#define MULTIPLY_ADD(x, low, high)                                      \
  "vmulpd %%xmm10, %%xmm" #x ", %%xmm14\n"                              \
  "vaddpd %%xmm14, %%xmm" #high ", %%xmm" #high "\n"                    \
  "vmulpd %%xmm9, %%xmm" #x ", %%xmm" #x "\n"                           \
  "vaddpd %%xmm" #x ", %%xmm" #low ", %%xmm" #low "\n"

#define ROW(offset, low, high)                                          \
  "vmovddup " #offset "(%0), %%xmm8\n" MULTIPLY_ADD(8, low, high)

#define STEP4                                                           \
  "vmovupd (%1), %%xmm9\n vmovupd 16(%1), %%xmm10\n"                    \
  ROW(24, 6, 7) ROW(16, 4, 5) ROW(8, 2, 3) ROW(0, 0, 1)                 \
  "add $32, %0\n add $32, %1\n cmp %2, %0\n"

#define FUSED(offset, low, high)                                        \
  "vmovddup " #offset "(%0), %%xmm14\n"                                 \
  "vfmadd231pd %%xmm14, %%xmm12, %%xmm" #low "\n"                       \
  "vfmadd231pd %%xmm14, %%xmm13, %%xmm" #high "\n"

#define STEP6                                                           \
  "vmovupd (%1), %%xmm12\n vmovupd 16(%1), %%xmm13\n"                   \
  FUSED(0, 0, 1) FUSED(8, 2, 3) FUSED(16, 4, 5)                         \
  FUSED(24, 6, 7) FUSED(32, 8, 9) FUSED(40, 10, 11)                     \
  "add $48, %0\n add $32, %1\n cmp %2, %0\n"

#define LOOP(step) "1:\n" step "je 2f\n" step "je 2f\n" step "je 2f\n" step "jne 1b\n2:\n"
#define REGISTERS "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14"

static void tile4(int depth, int gap) {
  char *a = (char *)panels, *b = a + 32 * depth + gap, *end = a + 32 * depth;
  __asm__ volatile(LOOP(STEP4) : "+r"(a), "+r"(b) : "r"(end) : REGISTERS);
}

static void tile6(int depth, int gap) {
  char *a = (char *)panels, *b = a + 48 * depth + gap, *end = a + 48 * depth;
  __asm__ volatile(LOOP(STEP6) : "+r"(a), "+r"(b) : "r"(end) : REGISTERS);
}

static double best(void (*tile)(int, int), int depth, int operations) {
  double result = 0;
  int count = 400000 / depth;
  for (int i = 0; i < 8; i++) {
    double start = seconds();
    for (int j = 0; j < count; j++) tile(depth, 256 + 512 * i);
    double speed = (double)count * depth * operations / (seconds() - start) / 1e9;
    if (speed > result) result = speed;
  }
  return result;
}

int main(void) {
  int depth;
  /* Pages that were never written are all the same one, whose lines would lie at many addresses. */
  for (int i = 0; i < 1 << 15; i++) panels[i] = i % 1000 * 1e-3;
  while (scanf("%d", &depth) == 1) {
    printf("%.6f\n", best(tile4, depth, 32));
    printf("%.6f\n", __builtin_cpu_supports("fma") ? best(tile6, depth, 48) : 0);
    fflush(stdout);
  }
  return 0;
}
