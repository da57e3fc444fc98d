// The ragged edge of a leaf: a shade, or less than zero outside. It fades with distance, where it would only flicker.
float holes(vec3 u, float metres) {
  if (u.x > 5.) return 1.;
  float near = exp(-metres / 30.);
  float m = mix(.5, value(u.xy * 2.2 + u.z * 91.), near);
  if (m + .35 - length(u.xy) * .62 < mix(.05, .28, near)) return -1.;
  return mix(1., .6 + .8 * fract(m * 3.7), near);
}
