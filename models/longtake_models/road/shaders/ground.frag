// Road, marks, kerb, pavement, verge and meadow. Every pattern is filtered by distance, so that nothing flickers on the way.
in vec3 P, N; in vec2 R; out vec4 o;
uniform vec3 grass; uniform float dry, wear, edge, lane; uniform bool town;
uniform sampler2D mirror; uniform vec2 size;

float line(float d, float half_, float px) { // a stripe as wide as it is, or as much fainter as it is narrower than a pixel
  float w = max(half_, px * .5);
  return smoothstep(w + px * .5, w - px * .5, abs(d)) * min(1., half_ / w);
}
float dashes(float z, float share, float pz) { // period 9 m
  float f = abs(fract(z / 9.) - .5) * 9., h = share * 4.5;
  return mix(smoothstep(h + pz, h - pz, f), share, smoothstep(3., 8., pz));
}
void main() {
  vec3 V = eye - P; float dist = length(V); V /= dist;
  // A pixel on the road, across and along it: it is wider where the road is seen at an angle.
  float px = max(.008, length(vec2(dFdx(R.x), dFdy(R.x)))), pz = max(.02, length(vec2(dFdx(R.y), dFdy(R.y))) * .5);
  float x = R.x, z = R.y, ax = abs(x), near = exp(-dist * .05);
  vec3 n = normalize(N); if (n.y < 0.) n = -n;
  vec3 c; float shine = 0.;
  float onroad = smoothstep(px * .5, -px * .5, ax - edge);
  // Read outside of all branches: in them the size of a pixel, by which the texture is filtered, is not defined.
  float worn = cloudy(vec2(x * .6, z * .12)), blot = cloudy(vec2(x * 2.5 + 40., z * .5)), grain = cloudy(vec2(x * 5., z * 5.) + 3.) - .45;
  float paint = cloudy(vec2(x * 4., z * 2.)), g1 = cloudy(vec2(x * .25, z * .1)), g2 = cloudy(vec2(x * 3., z * 1.6));
  if (onroad > 0.) {
    float l = abs(fract((x + lane * .5) / lane) - .5) * lane; // from the middle of a lane
    vec3 a = vec3(.118, .118, .121) * (.74 + .46 * worn) * (1. + grain * .5 * near);
    a *= 1. - .15 * exp(-pow((l - .75) / .3, 2.)) - .18 * exp(-l * l / .12);  // ruts, and oil between them
    a *= 1. - .15 * wear * smoothstep(.55, .7, blot);
    float seam = abs(fract((z + 2. * worn) / 31.) - .5) * 31.;
    a *= 1. - .35 * wear * line(seam - .02, .015, pz) * near;
    a *= mix(1., .52, wet);
    float mark = max(line(ax - (edge - .35), .06, px), max(line(x + lane * .5, .06, px) * dashes(z, .62, pz), line(x - lane * .5, .06, px) * dashes(z + 4., .38, pz)));
    float kept = smoothstep(.2 + .3 * wear, .5, paint + .42 - .3 * wear);
    a = mix(a, vec3(.62, .62, .59) * (.8 + .3 * worn) * mix(1., .75, wet), mark * mix(.85, kept, near));
    a = mix(a, vec3(.15, .135, .11) * mix(1., .6, wet), smoothstep(edge - .5, edge, ax) * .5);
    c = a; shine = 1.;
  }
  if (onroad < 1.) {
    vec3 g = mix(grass, vec3(.20, .17, .08), dry * smoothstep(.35, .7, g1)) * (.55 + .9 * mix(.48, g2, mix(.4, 1., near)));
    g = mix(g, vec3(.14, .12, .085) * (.6 + .6 * g2), smoothstep(edge + 1., edge, ax) * .65);
    if (town) {
      float kerb = smoothstep(edge + .22 + px * .5, edge + .22 - px * .5, ax), pave = smoothstep(edge + 2.2 + px * .5, edge + 2.2 - px * .5, ax);
      vec3 slabs = vec3(.25, .245, .235) * (.8 + .4 * g2);
      float joint = max(line(abs(fract(z / .8) - .5) * .8 - .4, .012, pz), line(abs(fract((ax - edge) / .66) - .5) * .66 - .33, .012, px));
      slabs *= 1. - .35 * joint * near;
      g = mix(g, slabs, pave);
      g = mix(g, vec3(.36, .355, .34) * (.85 + .3 * g2) * (1. - .3 * line(abs(fract(z) - .5) - .5, .015, pz) * near), kerb);
    }
    g *= mix(1., .75, wet);
    c = mix(g, c, onroad);
  }
  float under = open(P), sh = sunny(P);
  vec3 light = sunlight * sh * max(dot(n, sun), 0.) * min(1., under + .15) + ambient * under * (.55 + .45 * n.y);
  c *= light + lamplight(P, n) * 3.4 * under;
  if (shine > 0.) {
    float grazing = pow(1. - max(dot(V, n), 0.), 5.);
    vec3 r = reflect(-V, n);
#ifdef WET
      float pool = smoothstep(.38, .62, cloudy(vec2(x * .35, z * .22) + 7.));
      vec2 ripple = (vec2(cloudy(vec2(x * 3., z * 3.)), cloudy(vec2(x * 3. + 9., z * 3.))) - .45) * (.06 * near * (1. - .6 * pool));
      vec2 at = gl_FragCoord.xy / size + vec2(ripple.x * .4, ripple.y);
      float blur = mix(.035, .008, pool);
      vec4 m = vec4(0.);
      for (int i = -2; i < 3; i++) m += texture(mirror, at + vec2(0., float(i) * blur * .5)) * .2;
      vec3 seen = mix(around(normalize(r + vec3(0., .02, 0.))), 8. * m.rgb * m.rgb / max(m.a * m.a, .05), min(1., m.a * 1.1));
      c = mix(c, seen, onroad * wet * (.05 + .80 * grazing) * mix(.55, 1., pool) * mix(under, 1., .6));
#else
    c += onroad * grazing * .20 * mix(horizon, zenith, .3) * under;
#endif
  }
  o = developed(misty(c, dist), 1.);
}
