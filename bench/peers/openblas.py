# For every line "n repetitions": the nanoseconds of one product of n×n float64 matrices in numpy.
import os, sys, time
for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
import numpy

operands = {}
for line in sys.stdin:
    n, repetitions = map(int, line.split())
    if n not in operands:
        operands[n] = numpy.random.rand(n, n), numpy.random.rand(n, n), numpy.empty((n, n))
    a, b, c = operands[n]
    start = time.process_time_ns()
    for _ in range(repetitions):
        numpy.matmul(a, b, out=c)
    print((time.process_time_ns() - start) / repetitions, flush=True)
