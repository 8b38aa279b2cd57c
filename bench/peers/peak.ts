// @ts-nocheck: AssemblyScript
// The peak of peak.c where there is no C compiler: six chains of multiplications and six of additions, in registers. 24 operations a step.
export function peak(steps: i32, one: f64): f64 {
  const x = f64x2.splat(one);
  let p0 = x, p1 = x, p2 = x, p3 = x, p4 = x, p5 = x, s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x;
  for (; steps > 0; steps--) {
    p0 = f64x2.mul(p0, x); s0 = f64x2.add(s0, x);
    p1 = f64x2.mul(p1, x); s1 = f64x2.add(s1, x);
    p2 = f64x2.mul(p2, x); s2 = f64x2.add(s2, x);
    p3 = f64x2.mul(p3, x); s3 = f64x2.add(s3, x);
    p4 = f64x2.mul(p4, x); s4 = f64x2.add(s4, x);
    p5 = f64x2.mul(p5, x); s5 = f64x2.add(s5, x);
  }
  p0 = f64x2.add(f64x2.add(f64x2.add(p0, p1), f64x2.add(p2, p3)), f64x2.add(p4, p5));
  s0 = f64x2.add(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)), f64x2.add(s4, s5));
  return f64x2.extract_lane(f64x2.add(p0, s0), 0);
}
